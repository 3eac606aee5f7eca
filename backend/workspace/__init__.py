"""What a person has done with a folder, kept in one file (docs/design/workspaces.md).

``state`` holds the values, ``form`` their JSON, ``file`` writes and reads it safely, ``contents`` follows images by
their content, ``relocation`` finds a folder that has moved, ``places`` says where workspace files are. No torch here,
and no Qt.
"""
