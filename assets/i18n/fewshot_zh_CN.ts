<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Fewshot</source>
        <translation>关于 Fewshot</translation>
    </message>
    <message>
        <source>Fewshot {}</source>
        <translation>Fewshot {}</translation>
    </message>
    <message>
        <source>Apache License 2.0. The model “photos” stands on EfficientNet-Lite0 (Apache License 2.0), “characters” is trained on Omniglot (MIT licence), “photos-small” on Tiny ImageNet, for research and education only.</source>
        <translation>Apache License 2.0。模型“photos”基于 EfficientNet-Lite0（Apache License 2.0），“characters”在 Omniglot（MIT 许可证）上训练，“photos-small”在 Tiny ImageNet 上训练，仅供研究和教学。</translation>
    </message>
    <message>
        <source>Your bins and models lie in {}</source>
        <translation>您的分组和模型保存在 {}</translation>
    </message>
    <message>
        <source>Sort images from a handful of examples</source>
        <translation>几个示例，即可整理图像</translation>
    </message>
    <message>
        <source>Everything runs on this machine: nothing is sent anywhere.</source>
        <translation>一切都在本机运行，不会向任何地方发送数据。</translation>
    </message>
</context>
<context>
    <name>AutoAdvance</name>
    <message>
        <source>Export the table of labels: it holds your answers.</source>
        <translation>请导出标签表：其中包含您的回答。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>All that is shown here is answered</source>
        <translation>此处显示的图像均已回答</translation>
    </message>
    <message>
        <source>Show what is left</source>
        <translation>显示剩余图像</translation>
    </message>
    <message>
        <source>All {:,} images are answered</source>
        <translation>全部 {:,} 张图像均已回答</translation>
    </message>
    <message>
        <source>The image is answered</source>
        <translation>图像已回答</translation>
    </message>
    <message>
        <source>Elsewhere in the folder 1 image has no answer yet.</source>
        <translation>文件夹中还有 1 张图像未回答。</translation>
    </message>
    <message>
        <source>Elsewhere in the folder {:,} images have no answer yet.</source>
        <translation>文件夹中还有 {:,} 张图像未回答。</translation>
    </message>
</context>
<context>
    <name>Autosave</name>
    <message>
        <source>Another window has this workspace open.</source>
        <translation>此工作区已在另一窗口中打开。</translation>
    </message>
    <message>
        <source>Cannot save there</source>
        <translation>无法保存到该位置</translation>
    </message>
    <message>
        <source>Cannot go back</source>
        <translation>无法恢复上一版本</translation>
    </message>
    <message>
        <source>Choose another folder, or allow writing there.</source>
        <translation>请选择其他文件夹，或允许在那里写入。</translation>
    </message>
    <message>
        <source>Close it there first, or choose another name.</source>
        <translation>请先在那里关闭，或换一个名称。</translation>
    </message>
    <message>
        <source>{folder} cannot be written: {reason}.</source>
        <translation>{folder} 无法写入：{reason}。</translation>
    </message>
    <message>
        <source>{} is open in another window.</source>
        <translation>{} 已在另一窗口中打开。</translation>
    </message>
</context>
<context>
    <name>Backend</name>
    <message>
        <source>A network trained so that a few gradient steps on the examples make it an expert on them.</source>
        <translation>这个网络经过专门训练，只需在示例上做几步梯度下降，就能熟悉它们。</translation>
    </message>
    <message>
        <source>A small network learned how to compare; the bin that it relates most to the image wins.</source>
        <translation>由一个小网络学会如何比较；与图像关联最强的分组胜出。</translation>
    </message>
    <message>
        <source>A sort into {0} was interrupted.</source>
        <translation>归类到 {0} 的操作曾被中断。</translation>
    </message>
    <message>
        <source>Add an example to another bin.</source>
        <translation>请给另一个分组添加示例。</translation>
    </message>
    <message>
        <source>Add examples to a bin.</source>
        <translation>请给某个分组添加示例。</translation>
    </message>
    <message>
        <source>Allow reading it, or choose another folder.</source>
        <translation>请授予读取权限，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>An LSTM that has learned how to train a small network on a few examples trains one on yours.</source>
        <translation>由学会了“如何用少量示例训练小网络”的 LSTM，用您的示例训练一个小网络。</translation>
    </message>
    <message>
        <source>Another sort or undo is at work in {0}.</source>
        <translation>另一个归类或撤销操作正在处理 {0}。</translation>
    </message>
    <message>
        <source>As MAML, and the images to be labelled set the network&apos;s normalisation too.</source>
        <translation>与 MAML 相同，但待标注的图像也参与网络的归一化。</translation>
    </message>
    <message>
        <source>As MANN, and a convolutional network looks at the images first.</source>
        <translation>与 MANN 相同，但先由卷积网络查看图像。</translation>
    </message>
    <message>
        <source>As Matching Networks, and each example is seen in the light of all the others.</source>
        <translation>与匹配网络相同，但每个示例都会结合其他所有示例来看待。</translation>
    </message>
    <message>
        <source>Ask for a file of weights only, such as .safetensors.</source>
        <translation>请索取只含权重的文件，例如 .safetensors。</translation>
    </message>
    <message>
        <source>Asks of every pair whether both show the same thing; the bin whose pairs agree most wins.</source>
        <translation>逐对判断两张图像是否为同一种事物；最吻合的分组胜出。</translation>
    </message>
    <message>
        <source>BD-CSPN</source>
        <translation>BD-CSPN</translation>
    </message>
    <message>
        <source>BSD 3-Clause; trained on ImageNet-1K</source>
        <translation>BSD 3-Clause；使用 ImageNet-1K 训练</translation>
    </message>
    <message>
        <source>Cannot open the workspace</source>
        <translation>无法打开工作区</translation>
    </message>
    <message>
        <source>Cannot write</source>
        <translation>无法写入</translation>
    </message>
    <message>
        <source>Centred features of unit length; the nearest mean wins. Instant, on any model.</source>
        <translation>将特征居中并归一化；最近的均值胜出。即时完成，适用于任何模型。</translation>
    </message>
    <message>
        <source>Check the disk, or choose another folder.</source>
        <translation>请检查磁盘，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>Check the name, or connect the disk.</source>
        <translation>请检查名称，或连接磁盘。</translation>
    </message>
    <message>
        <source>Check the name, or its disk.</source>
        <translation>请检查名称或所在磁盘。</translation>
    </message>
    <message>
        <source>Check the network or the proxy, or use a local weights file.</source>
        <translation>请检查网络或代理，或使用本地权重文件。</translation>
    </message>
    <message>
        <source>Choose --mode copy or move.</source>
        <translation>请选择 --mode copy 或 move。</translation>
    </message>
    <message>
        <source>Choose --mode copy.</source>
        <translation>请选择 --mode copy。</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>请选择其他文件。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Choose another place to sort into.</source>
        <translation>请选择其他归类位置。</translation>
    </message>
    <message>
        <source>Choose another place, or free it.</source>
        <translation>请选择其他位置，或解除占用。</translation>
    </message>
    <message>
        <source>Choose one of these endings.</source>
        <translation>请使用其中一种扩展名。</translation>
    </message>
    <message>
        <source>Choose one of these, or train it with fewshot train.</source>
        <translation>请从中选择一个，或用 fewshot train 训练。</translation>
    </message>
    <message>
        <source>Choose one of these.</source>
        <translation>请从中选择一个。</translation>
    </message>
    <message>
        <source>Choose one.</source>
        <translation>请选择一个。</translation>
    </message>
    <message>
        <source>Choose the folder that holds it.</source>
        <translation>请选择它所在的文件夹。</translation>
    </message>
    <message>
        <source>Close other windows of this program and retry.</source>
        <translation>请关闭本程序的其他窗口后重试。</translation>
    </message>
    <message>
        <source>Clusters the folder around the bins&apos; means and estimates how much each bin holds; bins may be very unequal.</source>
        <translation>围绕各分组的均值对文件夹聚类，并估计每个分组所占的份额；各分组大小可以相差很大。</translation>
    </message>
    <message>
        <source>Connect the disk again, then retry.</source>
        <translation>请重新连接磁盘后重试。</translation>
    </message>
    <message>
        <source>Connect the disk, or move the folder back; then run undo again.</source>
        <translation>请连接磁盘，或把文件夹移回原处，然后再次撤销。</translation>
    </message>
    <message>
        <source>Copy or fetch the file again.</source>
        <translation>请重新复制或下载该文件。</translation>
    </message>
    <message>
        <source>Copy the image itself, then paste it here.</source>
        <translation>请复制图像本身，再粘贴到这里。</translation>
    </message>
    <message>
        <source>Damaged journal</source>
        <translation>日志已损坏</translation>
    </message>
    <message>
        <source>Damaged model</source>
        <translation>模型已损坏</translation>
    </message>
    <message>
        <source>Damaged weights</source>
        <translation>权重已损坏</translation>
    </message>
    <message>
        <source>Damaged workspace</source>
        <translation>工作区已损坏</translation>
    </message>
    <message>
        <source>Decoding took longer than {0} seconds and was given up.</source>
        <translation>解码超过 {0} 秒，已放弃。</translation>
    </message>
    <message>
        <source>Disk full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Download broke off</source>
        <translation>下载中断</translation>
    </message>
    <message>
        <source>Download refused</source>
        <translation>下载被拒绝</translation>
    </message>
    <message>
        <source>Drag images into a bin.</source>
        <translation>请把图像拖入一个分组。</translation>
    </message>
    <message>
        <source>Each bin is the mean of its examples; the nearest mean wins.</source>
        <translation>每个分组由其示例的均值代表；最近的均值胜出。</translation>
    </message>
    <message>
        <source>Fetch it again with fewshot models get.</source>
        <translation>请用 fewshot models get 重新下载。</translation>
    </message>
    <message>
        <source>Fetch it with: fewshot models get {0}</source>
        <translation>下载命令：fewshot models get {0}</translation>
    </message>
    <message>
        <source>Folder is gone</source>
        <translation>文件夹不见了</translation>
    </message>
    <message>
        <source>Folder not empty</source>
        <translation>文件夹不为空</translation>
    </message>
    <message>
        <source>Folder not readable</source>
        <translation>文件夹无法读取</translation>
    </message>
    <message>
        <source>Folder vanished</source>
        <translation>文件夹已消失</translation>
    </message>
    <message>
        <source>Free some space and run the command again.</source>
        <translation>请腾出一些空间后重新运行命令。</translation>
    </message>
    <message>
        <source>Free the disk, or allow writing.</source>
        <translation>请腾出磁盘空间，或允许写入。</translation>
    </message>
    <message>
        <source>Free the disk, then try again.</source>
        <translation>请腾出磁盘空间后重试。</translation>
    </message>
    <message>
        <source>Give a file with a network&apos;s weights.</source>
        <translation>请提供含有网络权重的文件。</translation>
    </message>
    <message>
        <source>Give a weights file.</source>
        <translation>请提供权重文件。</translation>
    </message>
    <message>
        <source>Give this network&apos;s weights.</source>
        <translation>请提供该网络的权重。</translation>
    </message>
    <message>
        <source>Handwritten characters</source>
        <translation>手写字符</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>正在使用</translation>
    </message>
    <message>
        <source>Install the program again, or train the model again with fewshot train.</source>
        <translation>请重新安装程序，或用 fewshot train 重新训练模型。</translation>
    </message>
    <message>
        <source>It has not been read yet.</source>
        <translation>尚未读取。</translation>
    </message>
    <message>
        <source>It has {0} megapixels; the limit is {1}.</source>
        <translation>它有 {0} 百万像素；上限为 {1}。</translation>
    </message>
    <message>
        <source>LSTM Meta-Learner</source>
        <translation>LSTM 元学习器</translation>
    </message>
    <message>
        <source>Label propagation</source>
        <translation>标签传播</translation>
    </message>
    <message>
        <source>Labels flow from the examples from image to alike image through the folder; bins may be of unequal size.</source>
        <translation>标签从示例出发，在文件夹中由一张图像流向相似的图像；各分组大小可以不同。</translation>
    </message>
    <message>
        <source>Labels need two bins with a readable example; there is {0}.</source>
        <translation>需要两个含有可读示例的分组才能标注；目前有 {0} 个。</translation>
    </message>
    <message>
        <source>Logistic head</source>
        <translation>逻辑回归头</translation>
    </message>
    <message>
        <source>Logistic regression on the features; the best from about three examples a bin on.</source>
        <translation>对特征做逻辑回归；每个分组约三个示例起效果最好。</translation>
    </message>
    <message>
        <source>Looks at all examples at once and copies the labels of those it finds most alike.</source>
        <translation>同时查看所有示例，采用最相似示例的标签。</translation>
    </message>
    <message>
        <source>MAML</source>
        <translation>MAML</translation>
    </message>
    <message>
        <source>MAML (transductive)</source>
        <translation>MAML（直推式）</translation>
    </message>
    <message>
        <source>MANN</source>
        <translation>MANN</translation>
    </message>
    <message>
        <source>MANN (convolutional)</source>
        <translation>MANN（卷积）</translation>
    </message>
    <message>
        <source>Make room, then run: fewshot resume {0}, or fewshot undo {1}</source>
        <translation>请腾出空间，然后运行：fewshot resume {0}，或 fewshot undo {1}</translation>
    </message>
    <message>
        <source>Matching Networks</source>
        <translation>匹配网络</translation>
    </message>
    <message>
        <source>Matching Networks (full context)</source>
        <translation>匹配网络（全上下文）</translation>
    </message>
    <message>
        <source>Merge or switch off some.</source>
        <translation>请合并或停用一些。</translation>
    </message>
    <message>
        <source>Meta Networks</source>
        <translation>元网络</translation>
    </message>
    <message>
        <source>Mode not possible</source>
        <translation>无法使用此方式</translation>
    </message>
    <message>
        <source>Model {0} has no method {1}; it has: {2}.</source>
        <translation>模型 {0} 没有方法 {1}；可用的有：{2}。</translation>
    </message>
    <message>
        <source>Move it away; the files stay as they are.</source>
        <translation>请把它移走；文件保持原样。</translation>
    </message>
    <message>
        <source>Moves the bins&apos; means until the folder&apos;s images are told apart clearly; expects images of every bin.</source>
        <translation>移动各分组的均值，直到能清楚区分文件夹中的图像；要求文件夹里每个分组都有图像。</translation>
    </message>
    <message>
        <source>Name a folder that can be written.</source>
        <translation>请指定一个可写入的文件夹。</translation>
    </message>
    <message>
        <source>Name a new or an empty one.</source>
        <translation>请指定一个新的或空的文件夹。</translation>
    </message>
    <message>
        <source>Name another.</source>
        <translation>请指定另一个。</translation>
    </message>
    <message>
        <source>Name the folder that was sorted into.</source>
        <translation>请指定归类的目标文件夹。</translation>
    </message>
    <message>
        <source>Name them too, such as {0}.</source>
        <translation>请也列出它们，例如{0}。</translation>
    </message>
    <message>
        <source>Newer journal</source>
        <translation>日志版本较新</translation>
    </message>
    <message>
        <source>No bin has a readable example.</source>
        <translation>没有任何分组含有可读取的示例。</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>No examples yet</source>
        <translation>还没有示例</translation>
    </message>
    <message>
        <source>No image format was recognised.</source>
        <translation>未识别出任何图像格式。</translation>
    </message>
    <message>
        <source>No journal</source>
        <translation>没有日志</translation>
    </message>
    <message>
        <source>No method but transductive ones was named.</source>
        <translation>只指定了直推式方法。</translation>
    </message>
    <message>
        <source>No reason to show</source>
        <translation>没有可显示的理由</translation>
    </message>
    <message>
        <source>No such device</source>
        <translation>没有此设备</translation>
    </message>
    <message>
        <source>No such folder</source>
        <translation>没有此文件夹</translation>
    </message>
    <message>
        <source>No such method</source>
        <translation>没有此方法</translation>
    </message>
    <message>
        <source>No such model</source>
        <translation>没有此模型</translation>
    </message>
    <message>
        <source>No such weights</source>
        <translation>没有此权重</translation>
    </message>
    <message>
        <source>No weights</source>
        <translation>没有权重</translation>
    </message>
    <message>
        <source>Not a folder</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>Not an image</source>
        <translation>不是图像</translation>
    </message>
    <message>
        <source>Not fetched yet</source>
        <translation>尚未下载</translation>
    </message>
    <message>
        <source>Not installed</source>
        <translation>未安装</translation>
    </message>
    <message>
        <source>Not opened</source>
        <translation>未打开</translation>
    </message>
    <message>
        <source>Nothing can be moved out of {0}: it cannot be written.</source>
        <translation>无法从 {0} 移出任何文件：它不可写入。</translation>
    </message>
    <message>
        <source>Nothing can be written in {0}: {1}.</source>
        <translation>无法写入 {0}：{1}。</translation>
    </message>
    <message>
        <source>Nothing to compare</source>
        <translation>没有可比较的内容</translation>
    </message>
    <message>
        <source>Nothing was sorted into {0}.</source>
        <translation>没有归类到 {0} 的操作。</translation>
    </message>
    <message>
        <source>Open the version before it, or begin a new one.</source>
        <translation>请打开上一版本，或新建一个。</translation>
    </message>
    <message>
        <source>Other weights</source>
        <translation>权重不符</translation>
    </message>
    <message>
        <source>PADDLE</source>
        <translation>PADDLE</translation>
    </message>
    <message>
        <source>Photographs</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Photographs (large)</source>
        <translation>移动各分组的均值，直到能清楚区分文件夹中的图像；要求文件夹里每个分组都有图像。</translation>
    </message>
    <message>
        <source>Photographs (small)</source>
        <translation>照片（小型）</translation>
    </message>
    <message>
        <source>Prototypical Networks</source>
        <translation>原型网络</translation>
    </message>
    <message>
        <source>RAW photograph</source>
        <translation>RAW 照片</translation>
    </message>
    <message>
        <source>Reading the file is not allowed.</source>
        <translation>没有读取该文件的权限。</translation>
    </message>
    <message>
        <source>Reading {0} is not allowed.</source>
        <translation>没有读取 {0} 的权限。</translation>
    </message>
    <message>
        <source>Reads the examples one by one into a memory and looks each image up there.</source>
        <translation>将示例逐个写入记忆，再到其中查找每张图像。</translation>
    </message>
    <message>
        <source>Reinstall it, or use PCA.</source>
        <translation>请重新安装，或使用 PCA。</translation>
    </message>
    <message>
        <source>Relation Network</source>
        <translation>关系网络</translation>
    </message>
    <message>
        <source>Rename or move it.</source>
        <translation>请将它重命名或移走。</translation>
    </message>
    <message>
        <source>Run fewshot resume {0}, or fewshot undo {1}</source>
        <translation>请运行 fewshot resume {0}，或 fewshot undo {1}</translation>
    </message>
    <message>
        <source>Run fewshot undo {0}</source>
        <translation>请运行 fewshot undo {0}</translation>
    </message>
    <message>
        <source>Run the command again: it goes on where it stopped.</source>
        <translation>请重新运行命令：它会从中断处继续。</translation>
    </message>
    <message>
        <source>Run the command again; nothing was installed.</source>
        <translation>请重新运行命令；未安装任何内容。</translation>
    </message>
    <message>
        <source>Scale it down, then try again.</source>
        <translation>请缩小图像后重试。</translation>
    </message>
    <message>
        <source>Scoring leaves out one example at a time, so it needs two bins, one of them with two readable examples.</source>
        <translation>评分时每次留出一个示例，因此需要两个分组，其中一个至少有两个可读取的示例。</translation>
    </message>
    <message>
        <source>See fewshot models.</source>
        <translation>请参见 fewshot models。</translation>
    </message>
    <message>
        <source>See the weights&apos; own page.</source>
        <translation>请参见该权重自己的页面。</translation>
    </message>
    <message>
        <source>Siamese Network</source>
        <translation>孪生网络</translation>
    </message>
    <message>
        <source>SimpleShot</source>
        <translation>SimpleShot</translation>
    </message>
    <message>
        <source>Run: {0}</source>
        <translation>运行：{0}</translation>
    </message>
    <message>
        <source>Taking back a sort into {0} was interrupted.</source>
        <translation>撤销归类到 {0} 的操作曾被中断。</translation>
    </message>
    <message>
        <source>The RAW file holds no preview that can be read ({0}).</source>
        <translation>该 RAW 文件不含可读取的预览（{0}）。</translation>
    </message>
    <message>
        <source>The cache cannot be emptied</source>
        <translation>无法清空缓存</translation>
    </message>
    <message>
        <source>The card of model {0} ({1}) cannot be read: {2}.</source>
        <translation>无法读取模型 {0} 的说明卡（{1}）：{2}。</translation>
    </message>
    <message>
        <source>The connection to {0} ended after {1} bytes; nothing was installed.</source>
        <translation>与 {0} 的连接在 {1} 字节后中断；未安装任何内容。</translation>
    </message>
    <message>
        <source>The decoder crashed on this file: it is damaged, or needs too much memory.</source>
        <translation>解码器处理此文件时崩溃：文件已损坏，或需要过多内存。</translation>
    </message>
    <message>
        <source>The decoder failed on this file.</source>
        <translation>解码器无法处理此文件。</translation>
    </message>
    <message>
        <source>The file cannot be opened ({0}).</source>
        <translation>无法打开文件（{0}）。</translation>
    </message>
    <message>
        <source>The file cannot be read ({0}).</source>
        <translation>无法读取文件（{0}）。</translation>
    </message>
    <message>
        <source>The file changed while it was read.</source>
        <translation>文件在读取过程中发生了变化。</translation>
    </message>
    <message>
        <source>The file holds nothing but zeros.</source>
        <translation>文件内容全为零。</translation>
    </message>
    <message>
        <source>The file is cut off: part of the image is missing.</source>
        <translation>文件不完整：缺少部分图像。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件为空。</translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation>文件已不存在。</translation>
    </message>
    <message>
        <source>The file is too large: {0} GB; the limit is {1}.</source>
        <translation>文件过大：{0} GB；上限为 {1}。</translation>
    </message>
    <message>
        <source>The folder {0} was not read: {1}.</source>
        <translation>未读取文件夹 {0}：{1}。</translation>
    </message>
    <message>
        <source>The folder&apos;s own images complete the means of the bins they are nearest to.</source>
        <translation>用文件夹中的图像来完善与之最近的分组均值。</translation>
    </message>
    <message>
        <source>The image cannot be kept</source>
        <translation>无法保存该图像</translation>
    </message>
    <message>
        <source>The image data is damaged ({0}).</source>
        <translation>图像数据已损坏（{0}）。</translation>
    </message>
    <message>
        <source>The image data is damaged: a checksum does not match.</source>
        <translation>图像数据已损坏：校验和不符。</translation>
    </message>
    <message>
        <source>The image has no pixels.</source>
        <translation>图像没有像素。</translation>
    </message>
    <message>
        <source>The image is too large</source>
        <translation>图像过大</translation>
    </message>
    <message>
        <source>The image is too large: it has more pixels than this program opens.</source>
        <translation>图像过大：像素数超出本程序可打开的范围。</translation>
    </message>
    <message>
        <source>The image is too large: {0} × {1} pixels are {2} megapixels; the limit is {3}.</source>
        <translation>图像过大：{0} × {1} 像素即 {2} 百万像素；上限为 {3}。</translation>
    </message>
    <message>
        <source>The image needs too much memory.</source>
        <translation>该图像需要过多内存。</translation>
    </message>
    <message>
        <source>The image&apos;s header is damaged.</source>
        <translation>图像文件头已损坏。</translation>
    </message>
    <message>
        <source>The image&apos;s header is damaged: the file is cut off.</source>
        <translation>图像文件头已损坏：文件不完整。</translation>
    </message>
    <message>
        <source>The images came from {0}, which is not there.</source>
        <translation>图像来自 {0}，但它不存在。</translation>
    </message>
    <message>
        <source>The map by UMAP needs it.</source>
        <translation>UMAP 分布图需要它。</translation>
    </message>
    <message>
        <source>The model {0} is not on this machine.</source>
        <translation>模型 {0} 不在本机上。</translation>
    </message>
    <message>
        <source>The package {0}, which holds its weights, is not installed.</source>
        <translation>存放其权重的软件包 {0} 未安装。</translation>
    </message>
    <message>
        <source>The program is closing.</source>
        <translation>程序正在关闭。</translation>
    </message>
    <message>
        <source>The program that decodes images could not be started.</source>
        <translation>无法启动图像解码程序。</translation>
    </message>
    <message>
        <source>The weights of model {0} ({1}) cannot be read: {2}.</source>
        <translation>无法读取模型 {0} 的权重（{1}）：{2}。</translation>
    </message>
    <message>
        <source>There are {0} bins; at most {1} can be told apart.</source>
        <translation>现有 {0} 个分组；最多可区分 {1} 个。</translation>
    </message>
    <message>
        <source>There is no Apple GPU on this machine.</source>
        <translation>本机没有 Apple GPU。</translation>
    </message>
    <message>
        <source>There is no CUDA device on this machine.</source>
        <translation>本机没有 CUDA 设备。</translation>
    </message>
    <message>
        <source>There is no model {0} to fetch; there are: {1}.</source>
        <translation>没有可下载的模型 {0}；现有：{1}。</translation>
    </message>
    <message>
        <source>There is no model {0}; there are: {1}.</source>
        <translation>没有模型 {0}；现有：{1}。</translation>
    </message>
    <message>
        <source>There is no room for the file in {0}; what had come was deleted.</source>
        <translation>{0} 中空间不足；已下载的部分已删除。</translation>
    </message>
    <message>
        <source>This is a device or a pipe, not a file.</source>
        <translation>这是设备或管道，不是文件。</translation>
    </message>
    <message>
        <source>This is a folder, not a file.</source>
        <translation>这是文件夹，不是文件。</translation>
    </message>
    <message>
        <source>This is a link that leads in a circle.</source>
        <translation>这是循环指向的链接。</translation>
    </message>
    <message>
        <source>This is a link to a file that is not there.</source>
        <translation>此链接指向的文件不存在。</translation>
    </message>
    <message>
        <source>This is a text file, not an image.</source>
        <translation>这是文本文件，不是图像。</translation>
    </message>
    <message>
        <source>This is a video, or an image format that is not supported.</source>
        <translation>这是视频，或不支持的图像格式。</translation>
    </message>
    <message>
        <source>This is a web page, not an image.</source>
        <translation>这是网页，不是图像。</translation>
    </message>
    <message>
        <source>This is an XML or SVG file, not an image of a supported format.</source>
        <translation>这是 XML 或 SVG 文件，不是受支持的图像格式。</translation>
    </message>
    <message>
        <source>This is {0}, not an image.</source>
        <translation>这是{0}，不是图像。</translation>
    </message>
    <message>
        <source>Too few bins</source>
        <translation>分组太少</translation>
    </message>
    <message>
        <source>Too few examples</source>
        <translation>示例太少</translation>
    </message>
    <message>
        <source>Too few images</source>
        <translation>图像太少</translation>
    </message>
    <message>
        <source>Too many bins</source>
        <translation>分组太多</translation>
    </message>
    <message>
        <source>Try again later, or use a local weights file.</source>
        <translation>请稍后重试，或使用本地权重文件。</translation>
    </message>
    <message>
        <source>Turns its error on each example into fast weights and looks up the right ones for each image.</source>
        <translation>把在每个示例上的误差转化为快速权重，再为每张图像查找合适的权重。</translation>
    </message>
    <message>
        <source>UMAP failed</source>
        <translation>UMAP 失败</translation>
    </message>
    <message>
        <source>UMAP is not installed</source>
        <translation>未安装 UMAP</translation>
    </message>
    <message>
        <source>UMAP needs {0} images or more.</source>
        <translation>UMAP 需要至少 {0} 张图像。</translation>
    </message>
    <message>
        <source>UMAP says: {0}.</source>
        <translation>UMAP 报告：{0}。</translation>
    </message>
    <message>
        <source>Unfinished sort</source>
        <translation>归类未完成</translation>
    </message>
    <message>
        <source>Unfinished undo</source>
        <translation>撤销未完成</translation>
    </message>
    <message>
        <source>Unknown file format</source>
        <translation>未知的文件格式</translation>
    </message>
    <message>
        <source>Update Fewshot, or open the version before it.</source>
        <translation>请更新 Fewshot，或打开上一版本。</translation>
    </message>
    <message>
        <source>Use --device auto or --device cpu.</source>
        <translation>请使用 --device auto 或 --device cpu。</translation>
    </message>
    <message>
        <source>Use that one.</source>
        <translation>请使用那个版本。</translation>
    </message>
    <message>
        <source>Wait until it has ended.</source>
        <translation>请等它结束。</translation>
    </message>
    <message>
        <source>Wait until it is labelled.</source>
        <translation>请等它标注完成。</translation>
    </message>
    <message>
        <source>Wait until more are read, or use PCA.</source>
        <translation>请等待读取更多图像，或使用 PCA。</translation>
    </message>
    <message>
        <source>What {0} sent is not the file that was expected (SHA-256 {1}, not {2}).</source>
        <translation>{0} 发来的不是预期的文件（SHA-256 为 {1}，而非 {2}）。</translation>
    </message>
    <message>
        <source>Workspace from a newer Fewshot</source>
        <translation>工作区来自更新版本的 Fewshot</translation>
    </message>
    <message>
        <source>Wrong file</source>
        <translation>文件不对</translation>
    </message>
    <message>
        <source>You have ruled out every bin for this image.</source>
        <translation>您已为这张图像排除了所有分组。</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>PDF 文档</translation>
    </message>
    <message>
        <source>a Photoshop drawing</source>
        <translation>Photoshop 绘图</translation>
    </message>
    <message>
        <source>a PostScript drawing</source>
        <translation>PostScript 绘图</translation>
    </message>
    <message>
        <source>a bin or an example stands in it twice</source>
        <translation>其中有分组或示例重复出现</translation>
    </message>
    <message>
        <source>a compressed file</source>
        <translation>压缩文件</translation>
    </message>
    <message>
        <source>a confidence is out of range</source>
        <translation>其中有置信度超出范围</translation>
    </message>
    <message>
        <source>a program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>a row does not match its checksum</source>
        <translation>有一行与校验和不符</translation>
    </message>
    <message>
        <source>a row has columns of the wrong type</source>
        <translation>有一行的列类型不对</translation>
    </message>
    <message>
        <source>a video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>a weight is not finite</source>
        <translation>有权重不是有限值</translation>
    </message>
    <message>
        <source>a zip archive or an office document</source>
        <translation>zip 压缩包或办公文档</translation>
    </message>
    <message>
        <source>an audio file</source>
        <translation>音频文件</translation>
    </message>
    <message>
        <source>an image stands in it twice</source>
        <translation>其中有图像重复出现</translation>
    </message>
    <message>
        <source>archive</source>
        <translation>压缩包</translation>
    </message>
    <message>
        <source>audio</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>drawing</source>
        <translation>绘图</translation>
    </message>
    <message>
        <source>it has version {0}, not {1}</source>
        <translation>版本为 {0}，而非 {1}</translation>
    </message>
    <message>
        <source>it is cut off or overwritten</source>
        <translation>文件不完整或已被覆盖</translation>
    </message>
    <message>
        <source>it points at something that is not there</source>
        <translation>它指向不存在的内容</translation>
    </message>
    <message>
        <source>its checksum does not fit its content</source>
        <translation>校验和与内容不符</translation>
    </message>
    <message>
        <source>its history has gaps</source>
        <translation>其历史记录有缺失</translation>
    </message>
    <message>
        <source>its tables are others than expected</source>
        <translation>其数据表与预期不同</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>pip install &apos;fewshot[map]&apos;</source>
        <translation>请运行：pip install &apos;fewshot[map]&apos;</translation>
    </message>
    <message>
        <source>this is no workspace file</source>
        <translation>这不是工作区文件</translation>
    </message>
    <message>
        <source>timm has no weights for {0}.</source>
        <translation>timm 没有 {0} 的权重。</translation>
    </message>
    <message>
        <source>video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>{0} and {1} more names do not agree.</source>
        <translation>{0} 及另外 {1} 个名称不一致。</translation>
    </message>
    <message>
        <source>{0} cannot be reached: {1}.</source>
        <translation>无法连接 {0}：{1}。</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}.</source>
        <translation>无法读取 {0}：{1}。</translation>
    </message>
    <message>
        <source>{0} does not exist or is no file.</source>
        <translation>{0} 不存在或不是文件。</translation>
    </message>
    <message>
        <source>{0} does not exist.</source>
        <translation>{0} 不存在。</translation>
    </message>
    <message>
        <source>{0} does not fit the network: {1}</source>
        <translation>{0} 与网络不符：{1}</translation>
    </message>
    <message>
        <source>{0} does not work from there to {1}: {2}.</source>
        <translation>{0} 方式无法从那里用于 {1}：{2}。</translation>
    </message>
    <message>
        <source>{0} ends in neither .csv nor .json.</source>
        <translation>{0} 的扩展名既不是 .csv 也不是 .json。</translation>
    </message>
    <message>
        <source>{0} exists and is not an empty folder.</source>
        <translation>{0} 已存在，且不是空文件夹。</translation>
    </message>
    <message>
        <source>{0} has version {1}; this Fewshot reads up to {2}.</source>
        <translation>{0} 的版本为 {1}；当前 Fewshot 最高支持 {2}。</translation>
    </message>
    <message>
        <source>{0} holds more than weights: opening it would run code from the file.</source>
        <translation>{0} 不只含有权重：打开它会执行文件中的代码。</translation>
    </message>
    <message>
        <source>{0} holds no table of weights.</source>
        <translation>{0} 不含权重表。</translation>
    </message>
    <message>
        <source>{0} is a file.</source>
        <translation>{0} 是文件。</translation>
    </message>
    <message>
        <source>{0} is a link.</source>
        <translation>{0} 是一个链接。</translation>
    </message>
    <message>
        <source>{0} is damaged, or not the file this model was made for.</source>
        <translation>{0} 已损坏，或不是该模型所用的文件。</translation>
    </message>
    <message>
        <source>{0} is from a newer Fewshot.</source>
        <translation>{0} 来自更新版本的 Fewshot。</translation>
    </message>
    <message>
        <source>{0} is locked or cannot be written.</source>
        <translation>{0} 已被锁定或无法写入。</translation>
    </message>
    <message>
        <source>{0} is no file of weights alone: it is damaged, or could run code.</source>
        <translation>{0} 不是纯权重文件：它已损坏，或可能执行代码。</translation>
    </message>
    <message>
        <source>{0} is no folder.</source>
        <translation>{0} 不是文件夹。</translation>
    </message>
    <message>
        <source>{0} is no journal of a sort: {1}.</source>
        <translation>{0} 不是归类日志：{1}。</translation>
    </message>
    <message>
        <source>{0} is no longer there.</source>
        <translation>{0} 已不存在。</translation>
    </message>
    <message>
        <source>{0} is too large for a workspace.</source>
        <translation>{0} 过大，不是工作区文件。</translation>
    </message>
    <message>
        <source>{0} stands where a folder is to be made.</source>
        <translation>{0} 占用了要新建文件夹的位置。</translation>
    </message>
    <message>
        <source>{0}: a weight is not finite.</source>
        <translation>{0}：有权重不是有限值。</translation>
    </message>
    <message>
        <source>{0}: local weights are read for {1}NAME@PATH only.</source>
        <translation>{0}：本地权重只支持 {1}NAME@PATH。</translation>
    </message>
    <message>
        <source>{0}: the server answers {1} {2}.</source>
        <translation>{0}：服务器返回 {1} {2}。</translation>
    </message>
    <message>
        <source>α-TIM</source>
        <translation>α-TIM</translation>
    </message>
    <message>
        <source>“{0}” holds something of the wrong kind</source>
        <translation>“{0}”中有类型不对的内容</translation>
    </message>
    <message>
        <source>“{0}” is missing or has the wrong kind</source>
        <translation>“{0}”缺失或类型不对</translation>
    </message>
</context>
<context>
    <name>BestMethod</name>
    <message>
        <source>The best cannot be found yet</source>
        <translation>暂时无法找出最合适的</translation>
    </message>
    <message>
        <source>The model is being loaded.</source>
        <translation>正在加载模型。</translation>
    </message>
    <message>
        <source>Looking for the best model and method…</source>
        <translation>正在寻找最合适的模型和方法…</translation>
    </message>
    <message>
        <source>Looking for the best: {done} of {total} methods tried</source>
        <translation>正在寻找最合适的：已尝试 {done} / {total} 种方法</translation>
    </message>
    <message>
        <source>{name} fits your bins best already</source>
        <translation>当前的{name}已最适合您的分组</translation>
    </message>
    <message>
        <source>{name} fits your bins best</source>
        <translation>{name}最适合您的分组</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>{method} of “{model}”</source>
        <translation>“{method}”（模型“{model}”）</translation>
    </message>
    <message>
        <source>The method in use, {name}, labels {right} right: {points:.0f} ± {spread:.0f} points less.</source>
        <translation>当前使用的{name}标对 {right} 个：低 {points:.0f} ± {spread:.0f} 个百分点。</translation>
    </message>
    <message>
        <source>{} That may be chance.</source>
        <translation>{}这可能只是偶然。</translation>
    </message>
    <message>
        <source>It labels {right} of {count} examples right while they are left out (95 % sure: {low:.0f} to {high:.0f} %).</source>
        <translation>逐个留出示例时，它在 {count} 个示例中标对 {right} 个（95 % 置信区间：{low:.0f} 至 {high:.0f} %）。</translation>
    </message>
</context>
<context>
    <name>BinCard</name>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Colour {}</source>
        <translation>颜色 {}</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Show only its images</source>
        <translation>只显示该分组的图像</translation>
    </message>
    <message>
        <source>Check precision</source>
        <translation>检查精确率</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>展开</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>折叠</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Delete bin</source>
        <translation>删除分组</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Images labelled “{}”</source>
        <translation>标为“{}”的图像</translation>
    </message>
    <message>
        <source>Unfold {}</source>
        <translation>展开 {}</translation>
    </message>
    <message>
        <source>Fold {}</source>
        <translation>折叠 {}</translation>
    </message>
    <message>
        <source>Show its examples</source>
        <translation>显示其示例</translation>
    </message>
    <message>
        <source>Fold to one line</source>
        <translation>折叠为一行</translation>
    </message>
    <message>
        <source>Actions for bin {}</source>
        <translation>分组“{}”的操作</translation>
    </message>
    <message>
        <source>Bin {name}, examples: {count}</source>
        <translation>分组“{name}”，示例 {count} 个</translation>
    </message>
    <message>
        <source>, switched off</source>
        <translation>，已停用</translation>
    </message>
</context>
<context>
    <name>BinCommands</name>
    <message>
        <source>Drag images onto the tile below the bins to make one.</source>
        <translation>把图像拖到分组下方的方块上，即可新建分组。</translation>
    </message>
    <message>
        <source>There are no bins yet</source>
        <translation>还没有分组</translation>
    </message>
    <message>
        <source>Add the group to which bin?</source>
        <translation>将这组图像加入哪个分组？</translation>
    </message>
    <message>
        <source>No image without an answer is labelled “{}”.</source>
        <translation>未作答的图像中没有标为“{}”的。</translation>
    </message>
    <message>
        <source>Nothing to fetch</source>
        <translation>没有可取的图像</translation>
    </message>
</context>
<context>
    <name>BinPalette</name>
    <message>
        <source>Type a part of the bin&apos;s name</source>
        <translation>输入分组名称的一部分</translation>
    </message>
    <message>
        <source>Find a bin</source>
        <translation>查找分组</translation>
    </message>
    <message>
        <source>Bins</source>
        <translation>分组</translation>
    </message>
</context>
<context>
    <name>BinStore</name>
    <message>
        <source>New bin “{}”</source>
        <translation>新建分组“{}”</translation>
    </message>
    <message>
        <source>Delete bin “{}”</source>
        <translation>删除分组“{}”</translation>
    </message>
    <message>
        <source>Rename “{}”</source>
        <translation>重命名“{}”</translation>
    </message>
    <message>
        <source>Add {n} to “{name}”</source>
        <translation>将 {n} 张加入“{name}”</translation>
    </message>
    <message>
        <source>Confirm {}</source>
        <translation>确认 {} 张</translation>
    </message>
    <message>
        <source>Not “{name}”: {n}</source>
        <translation>非“{name}”：{n} 张</translation>
    </message>
    <message>
        <source>Allow every label for {}</source>
        <translation>允许 {} 张使用所有标签</translation>
    </message>
    <message>
        <source>Take {} out</source>
        <translation>移出 {} 张</translation>
    </message>
    <message>
        <source>Switch “{}” off</source>
        <translation>停用“{}”</translation>
    </message>
    <message>
        <source>Switch “{}” on</source>
        <translation>启用“{}”</translation>
    </message>
    <message>
        <source>Colour of “{}”</source>
        <translation>“{}”的颜色</translation>
    </message>
    <message>
        <source>Move “{}”</source>
        <translation>移动“{}”</translation>
    </message>
    <message>
        <source>This workspace is read-only</source>
        <translation>此工作区为只读</translation>
    </message>
    <message>
        <source>It cannot be changed here.</source>
        <translation>无法在此更改。</translation>
    </message>
    <message>
        <source>Save a copy of it under another name, and change that.</source>
        <translation>请用其他名称另存一份副本，然后更改副本。</translation>
    </message>
</context>
<context>
    <name>Bins</name>
    <message>
        <source>Bin {}</source>
        <translation>分组 {}</translation>
    </message>
    <message>
        <source>Too many bins</source>
        <translation>分组太多</translation>
    </message>
    <message>
        <source>{:,} bins are more than the {:,} that can be told apart.</source>
        <translation>{:,} 个分组超出了可以区分的 {:,} 个。</translation>
    </message>
    <message>
        <source>Use fewer, or sort in two steps: coarse bins first.</source>
        <translation>请减少分组，或分两步进行：先分成大类。</translation>
    </message>
    <message>
        <source>“{}” is the folder of unsure images when files are sorted.</source>
        <translation>整理文件时，“{}”是不确定图像的文件夹。</translation>
    </message>
    <message>
        <source>That name cannot be used</source>
        <translation>不能使用该名称</translation>
    </message>
    <message>
        <source>A bin needs a name.</source>
        <translation>分组需要名称。</translation>
    </message>
    <message>
        <source>“{}” is taken.</source>
        <translation>“{}”已被使用。</translation>
    </message>
    <message>
        <source>There is “{}” already. Names that differ only in capitals would be one folder.</source>
        <translation>已有“{}”。只有大小写不同的名称会成为同一个文件夹。</translation>
    </message>
    <message>
        <source>Not every system takes this as a folder&apos;s name. Its folder will be “{}”.</source>
        <translation>并非所有系统都接受此文件夹名称。它的文件夹将是“{}”。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
</context>
<context>
    <name>BinsPanel</name>
    <message>
        <source>Bins</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Unfold all bins</source>
        <translation>展开所有分组</translation>
    </message>
    <message>
        <source>Fold all bins to one line each</source>
        <translation>将所有分组各折叠为一行</translation>
    </message>
    <message>
        <source>Switched off: it labels nothing, and keeps its examples.</source>
        <translation>已停用：不参与标注，示例保留。</translation>
    </message>
    <message>
        <source>Empty, so it labels nothing yet. Drop examples here.</source>
        <translation>空分组，尚不参与标注。请把示例拖到这里。</translation>
    </message>
    <message>
        <source>{} of its examples are not in the folder any more.</source>
        <translation>其中 {} 个示例已不在文件夹中。</translation>
    </message>
    <message>
        <source>One of its examples is not in the folder any more.</source>
        <translation>它的一个示例已不在文件夹中。</translation>
    </message>
    <message>
        <source>None of its examples can be read, so it labels nothing.</source>
        <translation>示例都无法读取，因此不参与标注。</translation>
    </message>
    <message>
        <source>{} of its examples cannot be read.</source>
        <translation>其中 {} 个示例无法读取。</translation>
    </message>
</context>
<context>
    <name>Bubble</name>
    <message>
        <source>Skip the tour</source>
        <translation>跳过导览</translation>
    </message>
    <message>
        <source>{step} of {steps}</source>
        <translation>{step} / {steps}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>{title}. {text}</source>
        <translation>{title}。{text}</translation>
    </message>
    <message>
        <source>Tour, {step} of {steps}: {title}</source>
        <translation>导览，第 {step} 步，共 {steps} 步：{title}</translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Likeliest bins: {}</source>
        <translation>最可能的分组：{}</translation>
    </message>
</context>
<context>
    <name>ClipboardImporter</name>
    <message>
        <source>Paste into which bin?</source>
        <translation>粘贴到哪个分组？</translation>
    </message>
</context>
<context>
    <name>ClusterCard</name>
    <message>
        <source>Make a bin</source>
        <translation>建立分组</translation>
    </message>
    <message>
        <source>A new bin with the most typical of them as examples (Enter)</source>
        <translation>用其中最典型的图像作为示例新建分组（Enter）</translation>
    </message>
    <message>
        <source>Add to…</source>
        <translation>加入…</translation>
    </message>
    <message>
        <source>The most typical of them as examples of a bin that is there (A)</source>
        <translation>将其中最典型的图像作为已有分组的示例 (A)</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Show all of these images (Space)</source>
        <translation>显示这组的所有图像（空格键）</translation>
    </message>
    <message>
        <source>Do not offer these images again (Delete)</source>
        <translation>不再提议这些图像（Delete）</translation>
    </message>
    <message>
        <source>Do not offer these images again</source>
        <translation>不再提议这些图像</translation>
    </message>
    <message>
        <source>{:,} alike images</source>
        <translation>{:,} 张相似图像</translation>
    </message>
    <message>
        <source>Enter makes a bin of them, A adds them to a bin, Space shows them, Delete dismisses them for good.</source>
        <translation>Enter 用它们建立分组，A 将它们加入某个分组，空格键显示它们，Delete 永久不再提议。</translation>
    </message>
</context>
<context>
    <name>ClusterList</name>
    <message>
        <source>Alike images among the unsure</source>
        <translation>不确定图像中的相似图像</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>&amp;Open folder…</source>
        <translation>打开文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Add a folder…</source>
        <translation>添加文件夹(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Look for new files</source>
        <translation>查找新文件(&amp;L)</translation>
    </message>
    <message>
        <source>Watch for &amp;new files</source>
        <translation>监视新文件(&amp;N)</translation>
    </message>
    <message>
        <source>Show only the &amp;first folder</source>
        <translation>只显示第一个文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>The folder has &amp;moved…</source>
        <translation>文件夹已移动(&amp;M)…</translation>
    </message>
    <message>
        <source>Open the &amp;demo</source>
        <translation>打开演示(&amp;D)</translation>
    </message>
    <message>
        <source>Open the demo in &amp;colour</source>
        <translation>打开彩色演示(&amp;C)</translation>
    </message>
    <message>
        <source>Open &amp;workspace…</source>
        <translation>打开工作区(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Save workspace as…</source>
        <translation>工作区另存为(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Export labels as CSV…</source>
        <translation>将标签导出为 CSV(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>&amp;Paste as example</source>
        <translation>粘贴为示例(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Find images by name</source>
        <translation>按名称查找图像(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>键盘快捷键(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Confirm the label</source>
        <translation>确认标签(&amp;C)</translation>
    </message>
    <message>
        <source>Not &amp;this label</source>
        <translation>不是这个标签(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Take out of the bin</source>
        <translation>移出分组(&amp;T)</translation>
    </message>
    <message>
        <source>Add the selection to bin {}</source>
        <translation>将所选加入分组 {}</translation>
    </message>
    <message>
        <source>Add the selection to a bin…</source>
        <translation>将所选加入某个分组…</translation>
    </message>
    <message>
        <source>Never label as bin {}</source>
        <translation>永不标为分组 {}</translation>
    </message>
    <message>
        <source>Never label as a bin…</source>
        <translation>永不标为某个分组…</translation>
    </message>
    <message>
        <source>&amp;Allow every label again</source>
        <translation>重新允许所有标签(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Preview</source>
        <translation>预览(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Go to the next image after an answer</source>
        <translation>回答后转到下一张图像(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;New bin from the selection</source>
        <translation>用所选新建分组(&amp;N)</translation>
    </message>
    <message>
        <source>New bin from &amp;alike images</source>
        <translation>用相似图像新建分组(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Rename bin</source>
        <translation>重命名分组(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Switch bin off or on</source>
        <translation>停用或启用分组(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Delete bin</source>
        <translation>删除分组(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Fold or unfold bin</source>
        <translation>折叠或展开分组(&amp;F)</translation>
    </message>
    <message>
        <source>Fold or &amp;unfold all bins</source>
        <translation>折叠或展开所有分组(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Check precision…</source>
        <translation>检查精确率(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Go to the next doubtful example</source>
        <translation>转到下一个存疑示例(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;All images</source>
        <translation>所有图像(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Unreadable images</source>
        <translation>无法读取的图像(&amp;U)</translation>
    </message>
    <message>
        <source>Un&amp;sure images</source>
        <translation>不确定的图像(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Not confirmed yet</source>
        <translation>尚未确认(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Confirmed by you</source>
        <translation>您已确认(&amp;C)</translation>
    </message>
    <message>
        <source>A&amp;like images among the unsure</source>
        <translation>不确定图像中的相似图像(&amp;L)</translation>
    </message>
    <message>
        <source>Fe&amp;wer wrong labels, more unsure</source>
        <translation>减少错误标签，增加不确定(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;More wrong labels, fewer unsure</source>
        <translation>容许更多错误标签，减少不确定(&amp;M)</translation>
    </message>
    <message>
        <source>Fetch 20 at &amp;random</source>
        <translation>随机取 20 张(&amp;R)</translation>
    </message>
    <message>
        <source>Fetch 20 &amp;unsure</source>
        <translation>取 20 张不确定的(&amp;U)</translation>
    </message>
    <message>
        <source>Fetch 20 &amp;of a bin…</source>
        <translation>从分组中取 20 张(&amp;O)…</translation>
    </message>
    <message>
        <source>As&amp;k me first</source>
        <translation>先问我(&amp;K)</translation>
    </message>
    <message>
        <source>Where methods &amp;differ first</source>
        <translation>方法有分歧的在前(&amp;D)</translation>
    </message>
    <message>
        <source>S&amp;ort again</source>
        <translation>重新排序(&amp;O)</translation>
    </message>
    <message>
        <source>How &amp;good is it</source>
        <translation>效果如何(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation>分布图(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Larger pictures</source>
        <translation>放大图片(&amp;L)</translation>
    </message>
    <message>
        <source>S&amp;maller pictures</source>
        <translation>缩小图片(&amp;M)</translation>
    </message>
    <message>
        <source>Pictures of the &amp;usual size</source>
        <translation>图片恢复默认大小(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Go to the next part of the window</source>
        <translation>转到窗口的下一部分(&amp;G)</translation>
    </message>
    <message>
        <source>Go &amp;back to the part before</source>
        <translation>返回上一部分(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Compare methods</source>
        <translation>比较方法(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Best for my bins</source>
        <translation>最适合我的分组(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Fewer steps of adaptation</source>
        <translation>减少适应步数(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;More steps of adaptation</source>
        <translation>增加适应步数(&amp;M)</translation>
    </message>
    <message>
        <source>More m&amp;odels…</source>
        <translation>更多模型(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Show the tour</source>
        <translation>显示导览(&amp;S)</translation>
    </message>
    <message>
        <source>About the &amp;methods</source>
        <translation>关于各方法(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;About Fewshot</source>
        <translation>关于 Fewshot(&amp;A)</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>Methods can be compared once two bins have examples. Drag images into another bin.</source>
        <translation>有两个分组含有示例后才能比较方法。请把图像拖入另一个分组。</translation>
    </message>
    <message>
        <source>Every bin holds one example. Add a second one to some: one is left out at a time, to be labelled.</source>
        <translation>每个分组都只有一个示例。请给某个分组添加第二个：每次留出一个示例来标注。</translation>
    </message>
    <message>
        <source>No method of this model could be tried.</source>
        <translation>此模型没有可以测试的方法。</translation>
    </message>
    <message>
        <source>{method}: {often}, {right} of {count} left-out examples.</source>
        <translation>“{method}”：{often}，{count} 个留出的示例中标对 {right} 个。</translation>
    </message>
    <message>
        <source>It is ahead of every other method by more than chance.</source>
        <translation>它领先于其他所有方法，且并非偶然。</translation>
    </message>
    <message>
        <source>On {count} examples no method is ahead by more than chance: add examples to tell them apart.</source>
        <translation>仅凭 {count} 个示例，没有方法的领先超出偶然：请添加示例以分出高下。</translation>
    </message>
    <message>
        <source>{alike} of the {others} others may be as good: what they are behind may be chance.</source>
        <translation>其他 {others} 种方法中有 {alike} 种可能同样好：其差距可能只是偶然。</translation>
    </message>
    <message>
        <source>Bins of one example cannot be tested: {}.</source>
        <translation>只有一个示例的分组无法测试：{} 个。</translation>
    </message>
</context>
<context>
    <name>ComparisonController</name>
    <message>
        <source>Comparing methods: {done} of {total}</source>
        <translation>正在比较方法：{done} / {total}</translation>
    </message>
</context>
<context>
    <name>ComparisonPanel</name>
    <message>
        <source>Show where they disagree</source>
        <translation>显示有分歧的图像</translation>
    </message>
    <message>
        <source>Use this method</source>
        <translation>使用此方法</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>重新比较</translation>
    </message>
    <message>
        <source>Nothing to compare yet</source>
        <translation>还没有可比较的内容</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>The methods cannot be compared</source>
        <translation>无法比较各方法</translation>
    </message>
    <message>
        <source>Ready to compare</source>
        <translation>可以开始比较</translation>
    </message>
    <message>
        <source>Each method is tried on your examples, left out in turn: {done} of {total} so far.</source>
        <translation>在您的示例上逐个留出，测试每种方法：已完成 {done} / {total}。</translation>
    </message>
    <message>
        <source>Your bins have changed since. Before that: {}</source>
        <translation>您的分组此后已有变化。变化之前：{}</translation>
    </message>
    <message>
        <source>{method} disagrees: {count}</source>
        <translation>“{method}”有分歧：{count} 张</translation>
    </message>
</context>
<context>
    <name>ComparisonTableModel</name>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>Behind the best</source>
        <translation>落后于最佳</translation>
    </message>
    <message>
        <source>Whole folder</source>
        <translation>整个文件夹</translation>
    </message>
    <message>
        <source>Differs on</source>
        <translation>分歧</translation>
    </message>
    <message>
        <source>Selected image</source>
        <translation>所选图像</translation>
    </message>
    <message>
        <source>Examples of yours that it labels right while they are left out</source>
        <translation>逐个留出时，它标对了您的多少个示例</translation>
    </message>
    <message>
        <source>The check mark stands at the method in use</source>
        <translation>对勾标出正在使用的方法</translation>
    </message>
    <message>
        <source>How many more the best labels right of 100 examples; the star stands at the best</source>
        <translation>最佳方法在 100 个示例中多标对几个；星号标出最佳方法</translation>
    </message>
    <message>
        <source>How long it takes to label the folder again</source>
        <translation>重新标注文件夹所需的时间</translation>
    </message>
    <message>
        <source>Images that it labels otherwise than the method in use</source>
        <translation>它与当前方法标注不同的图像</translation>
    </message>
    <message>
        <source>The label that it gives the image you have selected</source>
        <translation>它给所选图像的标签</translation>
    </message>
    <message>
        <source>{} (in use)</source>
        <translation>{}（使用中）</translation>
    </message>
    <message>
        <source>{right} of {count}</source>
        <translation>{right} / {count}</translation>
    </message>
    <message>
        <source>as many right</source>
        <translation>一样多</translation>
    </message>
    <message>
        <source>{} in 100, may be chance</source>
        <translation>每 100 个中 {} 个，可能只是偶然</translation>
    </message>
    <message>
        <source>{} in 100</source>
        <translation>每 100 个中 {} 个</translation>
    </message>
    <message>
        <source>{points} points behind on the same examples; with 95 % confidence {low} to {high}.</source>
        <translation>在相同示例上落后 {points} 个百分点；95 % 置信区间为 {low} 至 {high}。</translation>
    </message>
    <message>
        <source>{differs:,} of {read:,} read</source>
        <translation>{differs:,}（已读 {read:,}）</translation>
    </message>
    <message>
        <source>cannot be tried</source>
        <translation>无法测试</translation>
    </message>
    <message>
        <source>waiting…</source>
        <translation>等待中…</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>This may be chance.</source>
        <translation>这可能只是偶然。</translation>
    </message>
    <message>
        <source>{} min</source>
        <translation>{} 分钟</translation>
    </message>
    <message>
        <source>{} s</source>
        <translation>{} 秒</translation>
    </message>
</context>
<context>
    <name>ConfusionMatrixModel</name>
    <message>
        <source>{right} of {count}</source>
        <translation>{right} / {count}</translation>
    </message>
    <message>
        <source>“{}” has a single example, which cannot be left out</source>
        <translation>“{}”只有一个示例，无法留出</translation>
    </message>
    <message>
        <source>Examples of “{own}” that their own bin claims: {right} of {count}</source>
        <translation>“{own}”的示例中被本分组认领的：{right} / {count}</translation>
    </message>
    <message>
        <source>Examples of “{own}” that “{claimed}” claims: {count}</source>
        <translation>“{own}”的示例中被“{claimed}”认领的：{count}</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
</context>
<context>
    <name>ConfusionMatrixView</name>
    <message>
        <source>Confusion matrix: rows are an example&apos;s own bin, columns the bin that claims it</source>
        <translation>混淆矩阵：行为示例自己的分组，列为认领它的分组</translation>
    </message>
</context>
<context>
    <name>Doubts</name>
    <message>
        <source>Its own bin would not claim it: it looks like “{label}” ({number}).</source>
        <translation>它自己的分组不会认领它：它看起来像“{label}”（{number}）。</translation>
    </message>
</context>
<context>
    <name>DownloadController</name>
    <message>
        <source>Fetching {}…</source>
        <translation>正在下载 {}…</translation>
    </message>
</context>
<context>
    <name>Drawer</name>
    <message>
        <source>Close the panel</source>
        <translation>关闭面板</translation>
    </message>
</context>
<context>
    <name>EvaluationPanel</name>
    <message>
        <source>Work it out</source>
        <translation>开始计算</translation>
    </message>
    <message>
        <source>WHO CLAIMS WHOSE EXAMPLES</source>
        <translation>哪个分组认领了谁的示例</translation>
    </message>
    <message>
        <source>WHAT CONFIDENCES ARE WORTH</source>
        <translation>置信度是否可信</translation>
    </message>
    <message>
        <source>WHAT MORE EXAMPLES WOULD BUY</source>
        <translation>增加示例能带来多少提升</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Make two bins with two examples each: each example is then left out in turn.</source>
        <translation>请建立两个各含两个示例的分组：随后会逐个留出示例。</translation>
    </message>
    <message>
        <source>Nothing to measure yet</source>
        <translation>还没有可评估的内容</translation>
    </message>
    <message>
        <source>A single example cannot be left out. Add a second one to some bin.</source>
        <translation>唯一的示例无法留出。请给某个分组添加第二个示例。</translation>
    </message>
    <message>
        <source>Every bin has one example only</source>
        <translation>每个分组都只有一个示例</translation>
    </message>
    <message>
        <source>Being worked out…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>How good are these bins?</source>
        <translation>这些分组效果如何？</translation>
    </message>
    <message>
        <source>Each example is left out in turn, behind everything else.</source>
        <translation>会在后台逐个留出示例，不影响其他工作。</translation>
    </message>
    <message>
        <source>This method adapts to the examples, so that asking it without some of them takes a moment.</source>
        <translation>此方法会适应示例，因此留出部分示例再询问需要片刻。</translation>
    </message>
    <message>
        <source>The bins or the method have changed since. This method takes a moment to ask again.</source>
        <translation>分组或方法此后已有变化。用此方法重新计算需要片刻。</translation>
    </message>
    <message>
        <source>The bins or the method have changed since; it is being worked out again.</source>
        <translation>分组或方法此后已有变化；正在重新计算。</translation>
    </message>
    <message>
        <source>“{own}”, claimed by “{claimed}”</source>
        <translation>“{own}”，被“{claimed}”认领</translation>
    </message>
    <message>
        <source>“{}”, left out in turn</source>
        <translation>“{}”，逐个留出</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>Other examples: {share} together ({count}).</source>
        <translation>其他示例：共占 {share}（{count} 个）。</translation>
    </message>
    <message>
        <source>Because of: {}</source>
        <translation>依据：{}</translation>
    </message>
    <message>
        <source>By the examples alone it would be “{}”. The folder&apos;s other images outweigh them.</source>
        <translation>仅凭示例，它会被标为“{}”。文件夹中的其他图像占了上风。</translation>
    </message>
    <message>
        <source>Together, the examples of “{label}” weigh {share}.</source>
        <translation>“{label}”的示例合计占 {share}。</translation>
    </message>
    <message>
        <source>The nearest example is of “{other}”, but “{label}” as a whole fits better.</source>
        <translation>最接近的示例属于“{other}”，但从整体看“{label}”更合适。</translation>
    </message>
</context>
<context>
    <name>ExampleModel</name>
    <message>
        <source>not in the folder any more; it waits until the same image is back</source>
        <translation>已不在文件夹中；在相同的图像再次出现之前会一直保留</translation>
    </message>
</context>
<context>
    <name>ExampleView</name>
    <message>
        <source>Examples of {}</source>
        <translation>{} 的示例</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>Workspaces (*{})</source>
        <translation>工作区 (*{})</translation>
    </message>
    <message>
        <source>Open a folder of images</source>
        <translation>打开图像文件夹</translation>
    </message>
    <message>
        <source>No folder open</source>
        <translation>未打开文件夹</translation>
    </message>
    <message>
        <source>Open a folder first.</source>
        <translation>请先打开一个文件夹。</translation>
    </message>
    <message>
        <source>Where is “{}” now?</source>
        <translation>“{}”现在在哪里？</translation>
    </message>
    <message>
        <source>Open a workspace</source>
        <translation>打开工作区</translation>
    </message>
    <message>
        <source>Nothing to save yet</source>
        <translation>还没有可保存的内容</translation>
    </message>
    <message>
        <source>Open a folder of your own first.</source>
        <translation>请先打开您自己的文件夹。</translation>
    </message>
    <message>
        <source>Save the workspace as</source>
        <translation>工作区另存为</translation>
    </message>
    <message>
        <source>Nothing to export yet</source>
        <translation>还没有可导出的内容</translation>
    </message>
    <message>
        <source>Export labels as CSV</source>
        <translation>将标签导出为 CSV</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Weights for this network</source>
        <translation>此网络的权重</translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.safetensors)</source>
        <translation>权重 (*.pth *.pt *.safetensors)</translation>
    </message>
</context>
<context>
    <name>FlipButton</name>
    <message>
        <source>{count} now “{old}” would be “{new}”. Show these images.</source>
        <translation>现为“{old}”的 {count} 张将变为“{new}”。显示这些图像。</translation>
    </message>
    <message>
        <source>{count} now “{old}” would have no label. Show these images.</source>
        <translation>现为“{old}”的 {count} 张将没有标签。显示这些图像。</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>无标签</translation>
    </message>
</context>
<context>
    <name>FolderLoader</name>
    <message>
        <source>The folder is gone</source>
        <translation>文件夹不见了</translation>
    </message>
    <message>
        <source>{} cannot be found any more.</source>
        <translation>找不到 {}。</translation>
    </message>
    <message>
        <source>Plug its disk in or put it back, then try again; your bins are kept.</source>
        <translation>请接上磁盘或把它放回原处后重试；您的分组会保留。</translation>
    </message>
</context>
<context>
    <name>FolderSources</name>
    <message>
        <source>“{}” lies in a folder that is open.</source>
        <translation>“{}”位于已打开的文件夹中。</translation>
    </message>
    <message>
        <source>It is there already</source>
        <translation>它已经在其中</translation>
    </message>
    <message>
        <source>“{}” holds a folder that is open.</source>
        <translation>“{}”包含已打开的文件夹。</translation>
    </message>
    <message>
        <source>It would be there twice</source>
        <translation>它会重复出现</translation>
    </message>
    <message>
        <source>Open it instead</source>
        <translation>改为打开它</translation>
    </message>
    <message>
        <source>There is no other</source>
        <translation>没有其他文件夹</translation>
    </message>
    <message>
        <source>Only one folder is shown.</source>
        <translation>当前只显示一个文件夹。</translation>
    </message>
    <message>
        <source>Open “{}”?</source>
        <translation>打开“{}”？</translation>
    </message>
    <message>
        <source>Open it in place of what is shown, or add its images to it.</source>
        <translation>可用它替换当前显示的内容，或把它的图像添加进来。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Then drop or paste the image onto a bin.</source>
        <translation>然后把图像拖到或粘贴到一个分组上。</translation>
    </message>
    <message>
        <source>Open a folder first</source>
        <translation>请先打开一个文件夹</translation>
    </message>
    <message>
        <source>Show all {:,} images with the folder’s?</source>
        <translation>将全部 {:,} 张图像与文件夹的图像一起显示？</translation>
    </message>
    <message>
        <source>They lie elsewhere, and are looked up one by one whenever this folder is opened.</source>
        <translation>它们位于别处，每次打开此文件夹时都会逐一查找。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Add their folder</source>
        <translation>添加它们所在的文件夹</translation>
    </message>
    <message>
        <source>Shown with the folder’s images: {:,}</source>
        <translation>与文件夹的图像一起显示：{:,} 张</translation>
    </message>
    <message>
        <source>They lie elsewhere and stay there.</source>
        <translation>它们位于别处，并保留在原处。</translation>
    </message>
    <message>
        <source>Take away again</source>
        <translation>撤去</translation>
    </message>
    <message>
        <source>{} cannot be found. The other folders go on, and your answers are kept.</source>
        <translation>找不到 {}。其他文件夹继续使用，您的答案会保留。</translation>
    </message>
    <message>
        <source>Plug its disk in and try again, or say where it is now.</source>
        <translation>请接上它所在的磁盘后重试，或指出它现在的位置。</translation>
    </message>
    <message>
        <source>An added folder is gone</source>
        <translation>添加的文件夹不见了</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>定位…</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Do without it</source>
        <translation>不再使用它</translation>
    </message>
</context>
<context>
    <name>FolderWatcher</name>
    <message>
        <source>Checked every {:.0f} s</source>
        <translation>每 {:.0f} 秒检查一次</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>正在监视</translation>
    </message>
    <message>
        <source>The system does not tell of changes in this folder, so it is looked at again and again.</source>
        <translation>系统不会通知此文件夹的变化，因此会定期检查。</translation>
    </message>
    <message>
        <source>New images of this folder show by themselves.</source>
        <translation>此文件夹中的新图像会自动显示。</translation>
    </message>
</context>
<context>
    <name>GalleryModel</name>
    <message>
        <source>{name}: cannot be read. {reason}</source>
        <translation>{name}：无法读取。{reason}</translation>
    </message>
    <message>
        <source>{name}: example of {label}</source>
        <translation>{name}：{label} 的示例</translation>
    </message>
    <message>
        <source>; not {}</source>
        <translation>；不是 {}</translation>
    </message>
    <message>
        <source>; there is another with the same content</source>
        <translation>；另有内容相同的图像</translation>
    </message>
    <message>
        <source>none of these</source>
        <translation>都不是</translation>
    </message>
</context>
<context>
    <name>GalleryPanel</name>
    <message>
        <source>Every image can be read</source>
        <translation>所有图像均可读取</translation>
    </message>
    <message>
        <source>Nothing is listed here.</source>
        <translation>这里没有内容。</translation>
    </message>
    <message>
        <source>Show all images, or add examples to the bin.</source>
        <translation>请显示所有图像，或给该分组添加示例。</translation>
    </message>
    <message>
        <source>No image is labelled “{}”</source>
        <translation>没有图像标为“{}”</translation>
    </message>
    <message>
        <source>Choose “All images” under “Show”, or clear what you look for.</source>
        <translation>请在“显示”中选择“所有图像”，或清除查找内容。</translation>
    </message>
    <message>
        <source>No image fits</source>
        <translation>没有符合条件的图像</translation>
    </message>
    <message>
        <source>Looking for images…</source>
        <translation>正在查找图像…</translation>
    </message>
    <message>
        <source>Try again once it is back, or open another one.</source>
        <translation>请在它恢复后重试，或打开其他文件夹。</translation>
    </message>
    <message>
        <source>This folder cannot be read</source>
        <translation>无法读取此文件夹</translation>
    </message>
    <message>
        <source>Open another folder, or drop one here.</source>
        <translation>请打开其他文件夹，或把文件夹拖到这里。</translation>
    </message>
    <message>
        <source>There are no images in this folder</source>
        <translation>此文件夹中没有图像</translation>
    </message>
</context>
<context>
    <name>GalleryToolbar</name>
    <message>
        <source>Order changed</source>
        <translation>顺序已变化</translation>
    </message>
    <message>
        <source>Labels have changed since: sort again</source>
        <translation>标签已更新：点击重新排序</translation>
    </message>
    <message>
        <source>Find by name</source>
        <translation>按名称查找</translation>
    </message>
    <message>
        <source>Find images by name</source>
        <translation>按名称查找图像</translation>
    </message>
    <message>
        <source>Show: {} ▾</source>
        <translation>显示：{} ▾</translation>
    </message>
    <message>
        <source>Sort: {} ▾</source>
        <translation>排序：{} ▾</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>{bin}, {kind}</source>
        <translation>{bin}，{kind}</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>unconfirmed</source>
        <translation>未确认</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>by name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>by bin</source>
        <translation>按分组</translation>
    </message>
    <message>
        <source>surest first</source>
        <translation>最有把握的在前</translation>
    </message>
    <message>
        <source>least sure first</source>
        <translation>最没把握的在前</translation>
    </message>
    <message>
        <source>most similar first</source>
        <translation>最相似的在前</translation>
    </message>
    <message>
        <source>ask me first</source>
        <translation>先问我</translation>
    </message>
    <message>
        <source>by disagreement</source>
        <translation>按分歧</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>所有图像</translation>
    </message>
    <message>
        <source>{name} ({count:,})</source>
        <translation>{name}（{count:,}）</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Not confirmed yet</source>
        <translation>尚未确认</translation>
    </message>
    <message>
        <source>Confirmed by you</source>
        <translation>您已确认</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>无法读取</translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <source>Images of the folder</source>
        <translation>文件夹中的图像</translation>
    </message>
    <message>
        <source>Yes, “{}” (Enter)</source>
        <translation>是“{}”（Enter）</translation>
    </message>
    <message>
        <source>Not “{}” (Backspace)</source>
        <translation>不是“{}”（Backspace）</translation>
    </message>
</context>
<context>
    <name>HelpCommands</name>
    <message>
        <source>The language changes at the next start</source>
        <translation>语言将在下次启动时更改</translation>
    </message>
    <message>
        <source>Close Fewshot and start it again; your work is kept.</source>
        <translation>请关闭 Fewshot 后重新启动；您的工作会保留。</translation>
    </message>
    <message>
        <source>Make bins</source>
        <translation>建立分组</translation>
    </message>
    <message>
        <source>Drag a few images of one kind here, then a few of another. Or select them and choose Bins → New bin from the selection.</source>
        <translation>把几张同类图像拖到这里，再拖几张另一类的。也可以选中图像后使用“分组”→“用所选新建分组”。</translation>
    </message>
    <message>
        <source>Every image gets a label</source>
        <translation>每张图像都有标签</translation>
    </message>
    <message>
        <source>From two bins on. Enter confirms it, a number key corrects it, Backspace says “not this”.</source>
        <translation>有两个分组后即开始标注。Enter 确认标签，数字键更正，Backspace 表示“不是这个”。</translation>
    </message>
    <message>
        <source>Look where it matters</source>
        <translation>先看要紧的</translation>
    </message>
    <message>
        <source>Show what is unsure, or sort by “ask me first”: those answers help the other labels most.</source>
        <translation>可只显示不确定的图像，或按“先问我”排序：回答这些对其他标签帮助最大。</translation>
    </message>
    <message>
        <source>See why</source>
        <translation>了解原因</translation>
    </message>
    <message>
        <source>Here is what decided. Once you are satisfied, take the labels with File → Export labels.</source>
        <translation>这里显示决定标签的依据。满意之后，用“文件”→“将标签导出为 CSV”导出标签。</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>ImportCommands</name>
    <message>
        <source>Add a folder of images</source>
        <translation>添加图像文件夹</translation>
    </message>
    <message>
        <source>No folder open</source>
        <translation>未打开文件夹</translation>
    </message>
    <message>
        <source>Open a folder first.</source>
        <translation>请先打开一个文件夹。</translation>
    </message>
</context>
<context>
    <name>ImportMessages</name>
    <message>
        <source>Copy the image itself (right-click it, “Copy image”) and paste it here.</source>
        <translation>请复制图像本身（右键点击，选“复制图像”），再粘贴到这里。</translation>
    </message>
    <message>
        <source>Only an address came; Fewshot opens no connection</source>
        <translation>收到的只是网址；Fewshot 不会联网</translation>
    </message>
    <message>
        <source>Copy them to a folder on this computer (or mount the network drive), and take them from there.</source>
        <translation>请先把它们复制到本机的文件夹（或挂载网络驱动器），再从那里拖入。</translation>
    </message>
    <message>
        <source>These files lie where only the file manager reaches</source>
        <translation>这些文件位于只有文件管理器才能访问的位置</translation>
    </message>
    <message>
        <source>Drag or copy an image, or image files.</source>
        <translation>请拖入或复制图像，或图像文件。</translation>
    </message>
    <message>
        <source>There is no image in what was dropped or pasted</source>
        <translation>拖入或粘贴的内容中没有图像</translation>
    </message>
    <message>
        <source>“{}” is neither an image nor a folder of images.</source>
        <translation>“{}”既不是图像，也不是图像文件夹。</translation>
    </message>
    <message>
        <source>Left out, because they are no images: {:,}.</source>
        <translation>因不是图像而略过：{:,} 个。</translation>
    </message>
    <message>
        <source>“{copy}” has the same content as “{first}”, which stands for both.</source>
        <translation>“{copy}”与“{first}”内容相同，只保留后者。</translation>
    </message>
    <message>
        <source>Left out, because the same content is there already: {:,}.</source>
        <translation>因已有相同内容而略过：{:,} 个。</translation>
    </message>
    <message>
        <source>Looking at what was dropped: {:,} so far</source>
        <translation>正在查看拖入的内容：已查看 {:,} 个</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Make all {:,} images examples?</source>
        <translation>将全部 {:,} 张图像设为示例？</translation>
    </message>
    <message>
        <source>A handful for each bin teaches as well, and leaves the rest to be labelled.</source>
        <translation>每个分组几个示例就够了，其余的可留待标注。</translation>
    </message>
    <message>
        <source>Add all</source>
        <translation>全部添加</translation>
    </message>
    <message>
        <source>Open the folder instead</source>
        <translation>改为打开文件夹</translation>
    </message>
    <message>
        <source>Moved here from “{names}”: {count:,}.</source>
        <translation>从“{names}”移到这里：{count:,} 张。</translation>
    </message>
    <message>
        <source>Examples of “{name}”: {count:,} dropped</source>
        <translation>“{name}”的示例：拖入 {count:,} 张</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>What was dropped is not there any more.</source>
        <translation>拖入的内容已不存在。</translation>
    </message>
    <message>
        <source>Nothing to add</source>
        <translation>没有可添加的内容</translation>
    </message>
    <message>
        <source>Drop images, or folders of images.</source>
        <translation>请拖入图像或图像文件夹。</translation>
    </message>
    <message>
        <source>“{}” cannot be read</source>
        <translation>无法读取“{}”</translation>
    </message>
    <message>
        <source>Examples that cannot be read: {:,}</source>
        <translation>无法读取的示例：{:,} 个</translation>
    </message>
    <message>
        <source>It teaches nothing.</source>
        <translation>它不起作用。</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>移出</translation>
    </message>
</context>
<context>
    <name>InfluencePanel</name>
    <message>
        <source>IF ONE EXAMPLE WERE LEFT OUT</source>
        <translation>如果留出一个示例</translation>
    </message>
    <message>
        <source>Leaving out one example at a time</source>
        <translation>逐个留出示例</translation>
    </message>
    <message>
        <source>Working it out…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>Worked out once the labels are there.</source>
        <translation>标签就绪后即会计算。</translation>
    </message>
    <message>
        <source>This method takes a moment for each example, so it is worked out when you ask.</source>
        <translation>此方法处理每个示例都需要片刻，因此在您要求时才计算。</translation>
    </message>
    <message>
        <source>And {} more.</source>
        <translation>另有 {} 个。</translation>
    </message>
    <message>
        <source>And {} other changes.</source>
        <translation>另有 {} 种变化。</translation>
    </message>
    <message>
        <source>Without {name}, example of “{home}”, there would be no label.</source>
        <translation>若没有“{home}”的示例 {name}，就没有标签。</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>{} sure</source>
        <translation>置信度 {}</translation>
    </message>
    <message>
        <source>Without {name}, example of “{home}”, the label would be “{label}”, {sure}.</source>
        <translation>若没有“{home}”的示例 {name}，标签将是“{label}”，{sure}。</translation>
    </message>
    <message>
        <source>Show all {}</source>
        <translation>显示全部 {} 张</translation>
    </message>
    <message>
        <source>would change</source>
        <translation>标签会改变</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Work it out</source>
        <translation>开始计算</translation>
    </message>
    <message>
        <source>This label rests on one example. Without it the label would be:</source>
        <translation>此标签取决于一个示例。若没有它，标签将是：</translation>
    </message>
    <message>
        <source>This label rests on {} examples. Without any one of them it would change:</source>
        <translation>此标签取决于 {} 个示例。缺少其中任何一个，标签都会改变：</translation>
    </message>
    <message>
        <source>Each bin has a single example, so there is none to leave out.</source>
        <translation>每个分组都只有一个示例，因此没有可留出的。</translation>
    </message>
    <message>
        <source>The label would stay without any one of the nearest examples ({} tried).</source>
        <translation>去掉任何一个最近的示例，标签都不变（已试 {} 个）。</translation>
    </message>
    <message>
        <source>The label would stay, whichever example were left out ({} tried).</source>
        <translation>无论去掉哪个示例，标签都不变（已试 {} 个）。</translation>
    </message>
    <message>
        <source>It is the only example of its bin, and without that bin nothing could be told apart.</source>
        <translation>它是所在分组唯一的示例；没有该分组，就无从区分了。</translation>
    </message>
    <message>
        <source>Without this example none of {asked} labels would change.</source>
        <translation>若没有此示例，{asked} 个标签都不会改变。</translation>
    </message>
    <message>
        <source>Without this example one of {asked} labels would change:</source>
        <translation>若没有此示例，{asked} 个标签中有一个会改变：</translation>
    </message>
    <message>
        <source>Without this example {count} of {asked} labels would change:</source>
        <translation>若没有此示例，{asked} 个标签中有 {count} 个会改变：</translation>
    </message>
    <message>
        <source>It is the only example of its bin. {}</source>
        <translation>它是所在分组唯一的示例。{}</translation>
    </message>
</context>
<context>
    <name>InspectorCommands</name>
    <message>
        <source>Every example that has company in its bin would be claimed by that bin.</source>
        <translation>凡是分组中还有其他示例的，其示例都会由该分组认领。</translation>
    </message>
    <message>
        <source>No doubtful example</source>
        <translation>没有存疑的示例</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Select an image to see it large, and why it got its label.</source>
        <translation>选择一张图像，即可查看大图及其标签的依据。</translation>
    </message>
    <message>
        <source>LIKELIEST</source>
        <translation>最可能的分组</translation>
    </message>
    <message>
        <source>BECAUSE OF</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Selected image</source>
        <translation>所选图像</translation>
    </message>
    <message>
        <source>Cannot be read: {}</source>
        <translation>无法读取：{}</translation>
    </message>
    <message>
        <source>Your example of “{}”</source>
        <translation>您给“{}”的示例</translation>
    </message>
    <message>
        <source>None of these: you have ruled out every bin.</source>
        <translation>都不是：您已排除所有分组。</translation>
    </message>
    <message>
        <source>Similarity to “{name}”: {number}</source>
        <translation>与“{name}”的相似度：{number}</translation>
    </message>
    <message>
        <source>“{name}”, {number} sure</source>
        <translation>“{name}”，置信度 {number}</translation>
    </message>
    <message>
        <source>Not “{}”</source>
        <translation>不是“{}”</translation>
    </message>
    <message>
        <source>Same content as {}</source>
        <translation>与 {} 内容相同</translation>
    </message>
    <message>
        <source>{name} (in “{bin}”)</source>
        <translation>{name}（在“{bin}”中）</translation>
    </message>
    <message>
        <source>none of these</source>
        <translation>都不是</translation>
    </message>
    <message>
        <source>{} learns from all examples together and does not weigh them one by one.</source>
        <translation>“{}”从所有示例整体学习，不会逐个衡量示例。</translation>
    </message>
</context>
<context>
    <name>LabellingCommands</name>
    <message>
        <source>Nothing to confirm</source>
        <translation>没有可确认的</translation>
    </message>
    <message>
        <source>These images have no label yet.</source>
        <translation>这些图像还没有标签。</translation>
    </message>
    <message>
        <source>Nothing to reject</source>
        <translation>没有可排除的</translation>
    </message>
    <message>
        <source>Which bin?</source>
        <translation>哪个分组？</translation>
    </message>
    <message>
        <source>Click a bin first, then press F2.</source>
        <translation>请先点击一个分组，再按 F2。</translation>
    </message>
    <message>
        <source>Drag images onto the tile below the bins to make one.</source>
        <translation>把图像拖到分组下方的方块上，即可新建分组。</translation>
    </message>
    <message>
        <source>There is no bin {} yet</source>
        <translation>还没有第 {} 个分组</translation>
    </message>
</context>
<context>
    <name>LearningCurvePlot</name>
    <message>
        <source>Shots curve</source>
        <translation>示例数曲线</translation>
    </message>
    <message>
        <source>Examples of each bin, at most</source>
        <translation>每个分组的示例数（最多）</translation>
    </message>
    <message>
        <source>Right, %</source>
        <translation>正确，%</translation>
    </message>
    <message>
        <source>With {shots}: {mean:.0%} ({low:.0%} to {high:.0%})</source>
        <translation>{shots} 个示例时：{mean:.0%}（{low:.0%} 至 {high:.0%}）</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Labels exported</source>
        <translation>标签已导出</translation>
    </message>
    <message>
        <source>{} (read-only)</source>
        <translation>{}（只读）</translation>
    </message>
    <message>
        <source>{} – Fewshot</source>
        <translation>{} – Fewshot</translation>
    </message>
    <message>
        <source>Fewshot</source>
        <translation>Fewshot</translation>
    </message>
    <message>
        <source>Add to which bin?</source>
        <translation>加入哪个分组？</translation>
    </message>
    <message>
        <source>Never label as which bin?</source>
        <translation>永不标为哪个分组？</translation>
    </message>
    <message>
        <source>Twenty of which bin?</source>
        <translation>从哪个分组取二十张？</translation>
    </message>
    <message>
        <source>Check which bin&apos;s labels?</source>
        <translation>检查哪个分组的标签？</translation>
    </message>
</context>
<context>
    <name>MapPanel</name>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>PCA</source>
        <translation>PCA</translation>
    </message>
    <message>
        <source>UMAP</source>
        <translation>UMAP</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Bins on the map: Enter selects a bin&apos;s images</source>
        <translation>分布图上的分组：按 Enter 选中该分组的图像</translation>
    </message>
    <message>
        <source>Large: examples. Hollow: unsure.</source>
        <translation>大点：示例。空心：不确定。</translation>
    </message>
    <message>
        <source>Drag around points to select their images; with Shift they are added</source>
        <translation>围绕点拖动，即可选中相应图像；按住 Shift 可追加</translation>
    </message>
    <message>
        <source>Drag a rectangle over points to select their images; with Shift they are added</source>
        <translation>在点上拖出矩形，即可选中相应图像；按住 Shift 可追加</translation>
    </message>
    <message>
        <source>Two principal components: at once, and distances mean something everywhere</source>
        <translation>两个主成分：即时完成，各处的距离都有意义</translation>
    </message>
    <message>
        <source>Keeps neighbours together; takes a minute or more</source>
        <translation>让相邻的图像聚在一起；需要一分钟或更久</translation>
    </message>
    <message>
        <source>UMAP is not installed: pip install &apos;fewshot[map]&apos;</source>
        <translation>未安装 UMAP：pip install &apos;fewshot[map]&apos;</translation>
    </message>
    <message>
        <source>Show all points (Home). The wheel zooms, the middle button moves, arrows walk the groups</source>
        <translation>显示所有点（Home）。滚轮缩放，中键移动，方向键在各点群间切换</translation>
    </message>
    <message>
        <source>The map is being drawn…</source>
        <translation>正在绘制分布图…</translation>
    </message>
    <message>
        <source>It shows images once the model has read three of them.</source>
        <translation>模型读取三张图像后，这里就会显示。</translation>
    </message>
    <message>
        <source>Nothing to map yet</source>
        <translation>还没有可绘制的内容</translation>
    </message>
    <message>
        <source>UMAP is at work…</source>
        <translation>正在运行 UMAP…</translation>
    </message>
    <message>
        <source>Being drawn…</source>
        <translation>正在绘制…</translation>
    </message>
    <message>
        <source>{:,} images</source>
        <translation>{:,} 张图像</translation>
    </message>
    <message>
        <source>{count:,} images; the plane holds {share:.0%} of their differences</source>
        <translation>{count:,} 张图像；平面保留了其差异的 {share:.0%}</translation>
    </message>
    <message>
        <source>{name}: {count:,}</source>
        <translation>{name}：{count:,}</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>分布图上</translation>
    </message>
    <message>
        <source>{name}: example of {label}</source>
        <translation>{name}：{label} 的示例</translation>
    </message>
    <message>
        <source>Group {n} of {all}: {count:,} images, mostly “{label}”. Enter selects them.</source>
        <translation>第 {n} 个点群，共 {all} 个：{count:,} 张图像，多为“{label}”。按 Enter 选中它们。</translation>
    </message>
    <message>
        <source>Group {n} of {all}: {count:,} images. Enter selects them.</source>
        <translation>第 {n} 个点群，共 {all} 个：{count:,} 张图像。按 Enter 选中它们。</translation>
    </message>
</context>
<context>
    <name>MapPlotView</name>
    <message>
        <source>Map of the folder: alike images lie side by side</source>
        <translation>文件夹分布图：相似的图像彼此靠近</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Images</source>
        <translation>图像(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Add to</source>
        <translation>加入(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Never label as</source>
        <translation>永不标为(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Bins</source>
        <translation>分组(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>A&amp;ppearance</source>
        <translation>外观(&amp;P)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>&amp;Language · 语言</source>
        <translation>语言 · &amp;Language</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close the message</source>
        <translation>关闭消息</translation>
    </message>
    <message>
        <source>{title}. {text}</source>
        <translation>{title}。{text}</translation>
    </message>
</context>
<context>
    <name>MethodMenu</name>
    <message>
        <source>At the right: accuracy with 5 bins of 1 example each, on kinds held back from training</source>
        <translation>右侧：5 个分组、各 1 个示例时的准确率，在未参与训练的类别上测得</translation>
    </message>
    <message>
        <source>no weights in this model</source>
        <translation>此模型没有相应权重</translation>
    </message>
    <message>
        <source>Train it with fewshot train.</source>
        <translation>可用 fewshot train 训练。</translation>
    </message>
    <message>
        <source>takes a moment</source>
        <translation>需要片刻</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>即时</translation>
    </message>
    <message>
        <source>{} bins × {}: {:.1f} %</source>
        <translation>{} 个分组 × {}：{:.1f} %</translation>
    </message>
</context>
<context>
    <name>MethodsDialog</name>
    <message>
        <source>About the methods</source>
        <translation>关于各方法</translation>
    </message>
</context>
<context>
    <name>Middle</name>
    <message>
        <source>Panels below the gallery</source>
        <translation>图库下方的面板</translation>
    </message>
    <message>
        <source>How good is it</source>
        <translation>效果如何</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>分布图</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>关闭面板</translation>
    </message>
</context>
<context>
    <name>ModelCommands</name>
    <message>
        <source>Compare methods on my bins</source>
        <translation>在我的分组上比较方法</translation>
    </message>
    <message>
        <source>More models</source>
        <translation>更多模型</translation>
    </message>
    <message>
        <source>{} is here</source>
        <translation>{} 已下载</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>以后再说</translation>
    </message>
</context>
<context>
    <name>ModelSuggestion</name>
    <message>
        <source>Labels will be better with the model “{}”. Your bins stay as they are.</source>
        <translation>使用模型“{}”标注会更准。您的分组保持不变。</translation>
    </message>
    <message>
        <source>Use “{}”</source>
        <translation>使用“{}”</translation>
    </message>
    <message>
        <source>Keep “{}”</source>
        <translation>继续使用“{}”</translation>
    </message>
    <message>
        <source>A better model for photographs has come</source>
        <translation>有了更好的照片模型</translation>
    </message>
    <message>
        <source>These look like characters: ink on paper</source>
        <translation>这些看起来像字符：纸上笔迹</translation>
    </message>
    <message>
        <source>These look like photographs</source>
        <translation>这些看起来像照片</translation>
    </message>
</context>
<context>
    <name>NameEdit</name>
    <message>
        <source>Name of the bin</source>
        <translation>分组名称</translation>
    </message>
</context>
<context>
    <name>PrecisionBar</name>
    <message>
        <source>Draw more</source>
        <translation>再抽一些</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Check “{}”</source>
        <translation>检查“{}”</translation>
    </message>
    <message>
        <source>Is this “{}”?</source>
        <translation>这是“{}”吗？</translation>
    </message>
    <message>
        <source>{} drawn at random. Enter says yes, Backspace no, a number key which other bin.</source>
        <translation>随机抽取 {} 张。Enter 表示是，Backspace 表示否，数字键指定其他分组。</translation>
    </message>
    <message>
        <source>{right} of {judged} right: {share:.0%} (95 % sure: {low:.0%} to {high:.0%}), {left} to go</source>
        <translation>{judged} 张中 {right} 张正确：{share:.0%}（95 % 置信区间：{low:.0%} 至 {high:.0%}），还剩 {left} 张</translation>
    </message>
</context>
<context>
    <name>PretrainedPanel</name>
    <message>
        <source>Networks that others have trained on millions of photographs. Each is fetched once, when you press Download; nothing is sent but the request.</source>
        <translation>由他人用数百万张照片训练的网络。点击“下载”时才下载，且每个只需下载一次；除下载请求外不发送任何数据。</translation>
    </message>
    <message>
        <source>More models</source>
        <translation>更多模型</translation>
    </message>
</context>
<context>
    <name>PretrainedRow</name>
    <message>
        <source>From a file…</source>
        <translation>从文件…</translation>
    </message>
    <message>
        <source>Progress of {}</source>
        <translation>{} 的进度</translation>
    </message>
    <message>
        <source>Use weights of your own for {}</source>
        <translation>为 {} 使用您自己的权重</translation>
    </message>
    <message>
        <source>Use weights of your own for this network (.pth or .safetensors)</source>
        <translation>为此网络使用您自己的权重（.pth 或 .safetensors）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>To be installed first. Run in a terminal: {}</source>
        <translation>需要先安装。请在终端运行：{}</translation>
    </message>
    <message>
        <source>{:.0f} MB from {}</source>
        <translation>{:.0f} MB，来自 {}</translation>
    </message>
    <message>
        <source>{:.0f} MB of them are here</source>
        <translation>已下载 {:.0f} MB</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>已在本机</translation>
    </message>
    <message>
        <source>{done:.1f} of {total:.1f} MB</source>
        <translation>{done:.1f} / {total:.1f} MB</translation>
    </message>
    <message>
        <source>Finding out where it lies…</source>
        <translation>正在查找下载位置…</translation>
    </message>
    <message>
        <source>Connecting to {}…</source>
        <translation>正在连接 {}…</translation>
    </message>
    <message>
        <source>Checking that it is the right file…</source>
        <translation>正在校验文件…</translation>
    </message>
    <message>
        <source>Installing…</source>
        <translation>正在安装…</translation>
    </message>
    <message>
        <source>fast ({:.1f} billion operations an image)</source>
        <translation>快（每张图像 {:.1f} G 次运算）</translation>
    </message>
    <message>
        <source>slower ({:.1f} billion operations an image)</source>
        <translation>较慢（每张图像 {:.1f} G 次运算）</translation>
    </message>
    <message>
        <source>slow without a graphics card ({:.1f} billion operations an image)</source>
        <translation>没有显卡时很慢（每张图像 {:.1f} G 次运算）</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Picture of {}</source>
        <translation>{} 的图片</translation>
    </message>
</context>
<context>
    <name>PreviewOverlay</name>
    <message>
        <source>Preview of {}</source>
        <translation>{} 的预览</translation>
    </message>
    <message>
        <source>{:.0%}   ·   Space closes   ·   + − zoom   ·   Z actual size</source>
        <translation>{:.0%}   ·   空格键关闭   ·   + − 缩放   ·   Z 原始大小</translation>
    </message>
</context>
<context>
    <name>Quality</name>
    <message>
        <source>One of each bin was left out at a time, and the bins said whose it is.</source>
        <translation>每次从每个分组各留出一个示例，再由各分组判断它的归属。</translation>
    </message>
    <message>
        <source>{often}: {right} of {count} examples are claimed by their own bin</source>
        <translation>{often}：{count} 个示例中有 {right} 个由其自己的分组认领</translation>
    </message>
    <message>
        <source>{share} % right; with 95 % confidence {low} to {high} % (Wilson&apos;s interval)</source>
        <translation>{share} % 正确；95 % 置信区间为 {low} 至 {high} %（Wilson 区间）</translation>
    </message>
    <message>
        <source>Right every time</source>
        <translation>每次都对</translation>
    </message>
    <message>
        <source>Wrong every time</source>
        <translation>每次都错</translation>
    </message>
    <message>
        <source>Right about {} times in 10</source>
        <translation>10 次中约对 {} 次</translation>
    </message>
    <message>
        <source>Right about {} times in 100</source>
        <translation>100 次中约对 {} 次</translation>
    </message>
    <message>
        <source>{count} of {all} examples were picked as doubtful, such as by “Ask me first”: they are harder than the folder, of which more may be right.</source>
        <translation>{all} 个示例中有 {count} 个是作为可疑图像挑选的（例如通过“先问我”）：它们比整个文件夹更难，文件夹中正确的可能更多。</translation>
    </message>
    <message>
        <source>{count} of {all} examples were asked about, spread evenly.</source>
        <translation>共 {all} 个示例，均匀抽取了 {count} 个来询问。</translation>
    </message>
    <message>
        <source>“{}” has a single example, which cannot be left out.</source>
        <translation>“{}”只有一个示例，无法留出。</translation>
    </message>
    <message>
        <source>{} bins have a single example, which cannot be left out.</source>
        <translation>有 {} 个分组只有一个示例，无法留出。</translation>
    </message>
    <message>
        <source>No example is claimed by another bin.</source>
        <translation>没有示例被其他分组认领。</translation>
    </message>
    <message>
        <source>Most often “{claimed}” claims what is yours for “{own}”: {count}. A click or Enter selects them.</source>
        <translation>最常见的是“{claimed}”认领了您给“{own}”的示例：{count} 个。点击或按 Enter 即可选中它们。</translation>
    </message>
    <message>
        <source>Confidences promise {promised} %, and {kept} % are right.</source>
        <translation>按置信度应有 {promised} % 正确，实际正确 {kept} %。</translation>
    </message>
    <message>
        <source>This rests on {left_out} left-out examples and {given} answers of yours.</source>
        <translation>依据为 {left_out} 个留出的示例和您的 {given} 个答案。</translation>
    </message>
    <message>
        <source>This rests on {} left-out examples.</source>
        <translation>依据为 {} 个留出的示例。</translation>
    </message>
    <message>
        <source>So few make it rough.</source>
        <translation>数量较少，结果只是粗略估计。</translation>
    </message>
    <message>
        <source>With one example of each bin {} % are right. A trend shows from three examples a bin on.</source>
        <translation>每个分组一个示例时，{} % 正确。每个分组有三个示例后才能看出趋势。</translation>
    </message>
    <message>
        <source>From {start} to {end} examples a bin: {gain:+d} points ({low:+d} to {high:+d} in 8 of 10 draws).</source>
        <translation>每个分组的示例从 {start} 个增至 {end} 个：{gain:+d} 个百分点（10 次抽取中有 8 次在 {low:+d} 至 {high:+d} 之间）。</translation>
    </message>
    <message>
        <source>More examples should still help.</source>
        <translation>继续增加示例应该还有帮助。</translation>
    </message>
    <message>
        <source>More examples would help a little.</source>
        <translation>继续增加示例会略有帮助。</translation>
    </message>
    <message>
        <source>It levels off: more of the same would buy little.</source>
        <translation>已趋于平稳：再增加同类示例收益不大。</translation>
    </message>
</context>
<context>
    <name>ReliabilityPlot</name>
    <message>
        <source>Reliability plot</source>
        <translation>可靠性图</translation>
    </message>
    <message>
        <source>Confidence, %</source>
        <translation>置信度，%</translation>
    </message>
    <message>
        <source>Right, %</source>
        <translation>正确，%</translation>
    </message>
    <message>
        <source>Confidence {confidence:.0%}: {right} of {count} right</source>
        <translation>置信度 {confidence:.0%}：{count} 个中 {right} 个正确</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>{:,} alike images</source>
        <translation>{:,} 张相似图像</translation>
    </message>
</context>
<context>
    <name>Sampling</name>
    <message>
        <source>There are no labels yet that could be unsure.</source>
        <translation>还没有标签，也就没有不确定的图像。</translation>
    </message>
    <message>
        <source>No image without an answer is of that kind.</source>
        <translation>未作答的图像中没有这一类。</translation>
    </message>
    <message>
        <source>{} at random</source>
        <translation>随机 {} 张</translation>
    </message>
    <message>
        <source>{} to ask about</source>
        <translation>待您判断的 {} 张</translation>
    </message>
    <message>
        <source>{} of “{label}”</source>
        <translation>“{label}”中的 {} 张</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>Show only these</source>
        <translation>只显示这些</translation>
    </message>
    <message>
        <source>{}: no image</source>
        <translation>{}：没有图像</translation>
    </message>
    <message>
        <source>{title}: {n} from outside the folder, so without a tile; the first is shown at the right</source>
        <translation>{title}：{n} 张来自文件夹之外，因此没有缩略图；第一张显示在右侧</translation>
    </message>
    <message>
        <source>{title}: {n} selected in the gallery; {outside} from outside the folder have no tile</source>
        <translation>{title}：已在图库中选中 {n} 张；另有 {outside} 张来自文件夹之外，没有缩略图</translation>
    </message>
    <message>
        <source>{title}: {n} selected in the gallery</source>
        <translation>{title}：已在图库中选中 {n} 张</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>{first} {then}</source>
        <translation>{first}{then}</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Demonstration</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>{name} + {count}</source>
        <translation>{name} + {count}</translation>
    </message>
    <message>
        <source>Examples of “{}”</source>
        <translation>“{}”的示例</translation>
    </message>
    <message>
        <source>No examples found</source>
        <translation>未找到示例</translation>
    </message>
    <message>
        <source>{} has no subfolder with images.</source>
        <translation>{} 中没有含图像的子文件夹。</translation>
    </message>
    <message>
        <source>Make one subfolder for each bin, or drag examples into bins here.</source>
        <translation>请为每个分组建一个子文件夹，或在这里把示例拖入分组。</translation>
    </message>
</context>
<context>
    <name>SessionMessages</name>
    <message>
        <source>The log has the details: {}</source>
        <translation>详情见日志：{}</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Parts of the folder cannot be read: {}</source>
        <translation>文件夹中有 {} 处无法读取</translation>
    </message>
    <message>
        <source>This workspace was there already</source>
        <translation>此工作区已经存在</translation>
    </message>
    <message>
        <source>Its own bins are shown, and the examples in “{}” were not read.</source>
        <translation>显示的是它自己的分组，未读取“{}”中的示例。</translation>
    </message>
    <message>
        <source>Take them instead</source>
        <translation>改用这些示例</translation>
    </message>
    <message>
        <source>Examples that lie in two of the folders: {:,}</source>
        <translation>位于两个示例文件夹中的示例：{:,} 个</translation>
    </message>
    <message>
        <source>“{image}” is an example of “{name}” already; each is left where it came first.</source>
        <translation>“{image}”已是“{name}”的示例；每个示例只保留在最先出现的分组中。</translation>
    </message>
    <message>
        <source>The images most like it come first. Add a second bin to get labels.</source>
        <translation>与它最相似的图像排在最前。再添加一个分组即可开始标注。</translation>
    </message>
    <message>
        <source>Your first bin</source>
        <translation>您的第一个分组</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>无按键</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>命令及其按键</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>Press new keys:</source>
        <translation>按下新的按键：</translation>
    </message>
    <message>
        <source>“{}” has these keys, too.</source>
        <translation>“{}”也使用这些按键。</translation>
    </message>
    <message>
        <source>Take them from it</source>
        <translation>改归此命令</translation>
    </message>
    <message>
        <source>Two commands have the same keys</source>
        <translation>有两个命令使用相同的按键</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Images that you have put into a bin, or into none, of those that can be read</source>
        <translation>在能够读取的图像中，您已放入某个分组或认定不属于任何分组的数量</translation>
    </message>
    <message>
        <source>Looking for images… {:,} so far</source>
        <translation>正在查找图像… 已找到 {:,} 张</translation>
    </message>
    <message>
        <source>Reading examples: {done:,} of {total:,}</source>
        <translation>正在读取示例：{done:,} / {total:,}</translation>
    </message>
    <message>
        <source>Labelled {done:,} of {total:,} images</source>
        <translation>已标注 {done:,} / {total:,} 张图像</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>No folder open</source>
        <translation>未打开文件夹</translation>
    </message>
    <message>
        <source>Labelling was stopped</source>
        <translation>标注已停止</translation>
    </message>
    <message>
        <source>Stopped at {done:,} of {total:,} images</source>
        <translation>已停在 {done:,} / {total:,} 张图像</translation>
    </message>
    <message>
        <source>{:,} images</source>
        <translation>{:,} 张图像</translation>
    </message>
    <message>
        <source>1 image</source>
        <translation>1 张图像</translation>
    </message>
    <message>
        <source>{done:,} of {total:,} images</source>
        <translation>{done:,} / {total:,} 张图像</translation>
    </message>
    <message>
        <source>{:,.0f} a second</source>
        <translation>每秒 {:,.0f} 张</translation>
    </message>
    <message>
        <source>{} left</source>
        <translation>剩余 {}</translation>
    </message>
    <message>
        <source>{answered:,} of {count:,} answered</source>
        <translation>已回答 {answered:,} / {count:,}</translation>
    </message>
    <message>
        <source>{:,} unreadable</source>
        <translation>{:,} 张无法读取</translation>
    </message>
    <message>
        <source>Show which images cannot be read, and why</source>
        <translation>显示哪些图像无法读取及原因</translation>
    </message>
    <message>
        <source>Left out: {}</source>
        <translation>已略过：{}</translation>
    </message>
    <message>
        <source>Left out, because they are no images: {}</source>
        <translation>因不是图像而略过：{}</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>{} s</source>
        <translation>{} 秒</translation>
    </message>
    <message>
        <source>{} min</source>
        <translation>{} 分钟</translation>
    </message>
    <message>
        <source>{:.1f} h</source>
        <translation>{:.1f} 小时</translation>
    </message>
</context>
<context>
    <name>StepsSlider</name>
    <message>
        <source>Steps of adaptation</source>
        <translation>适应步数</translation>
    </message>
    <message>
        <source>Steps that the method takes on your examples; 0: it has learned nothing from them</source>
        <translation>方法在您的示例上执行的步数；0：没有从中学到任何东西</translation>
    </message>
    <message>
        <source>Steps: {taken} of {every}</source>
        <translation>步数：{taken} / {every}</translation>
    </message>
</context>
<context>
    <name>ThresholdBar</name>
    <message>
        <source>Unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Show alike images among the unsure, each group as a bin to be made</source>
        <translation>显示不确定图像中的相似图像，每组均可建为一个分组</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Show only the unsure images, or all again</source>
        <translation>只显示不确定的图像，或恢复显示全部</translation>
    </message>
    <message>
        <source>Show only the unsure images</source>
        <translation>只显示不确定的图像</translation>
    </message>
    <message>
        <source>To the left fewer labels are wrong, and more images are unsure</source>
        <translation>越靠左，错误标签越少，不确定的图像越多</translation>
    </message>
    <message>
        <source>How many labels may be wrong: {}</source>
        <translation>容许多少标签出错：{}</translation>
    </message>
</context>
<context>
    <name>TileDelegate</name>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
</context>
<context>
    <name>TileSlider</name>
    <message>
        <source>Size of the pictures</source>
        <translation>图片大小</translation>
    </message>
    <message>
        <source>Size of the pictures (Ctrl and the wheel)</source>
        <translation>图片大小（Ctrl 加滚轮）</translation>
    </message>
</context>
<context>
    <name>UnreadableList</name>
    <message>
        <source>Images that cannot be read</source>
        <translation>无法读取的图像</translation>
    </message>
</context>
<context>
    <name>UnreadableModel</name>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Why it cannot be read</source>
        <translation>无法读取的原因</translation>
    </message>
</context>
<context>
    <name>Unsure</name>
    <message>
        <source>Once two bins have examples, the unsure images gather here.</source>
        <translation>有两个分组含有示例后，不确定的图像会汇集在这里。</translation>
    </message>
    <message>
        <source>How many are wrong is not known yet</source>
        <translation>尚不知道有多少错误</translation>
    </message>
    <message>
        <source>A second example tells how many are wrong</source>
        <translation>再添加一个示例即可得知有多少错误</translation>
    </message>
    <message>
        <source>{} corrected, none confirmed: how many are wrong is open</source>
        <translation>更正了 {} 张，未确认任何一张：错误数量未知</translation>
    </message>
    <message>
        <source>About {share} wrong ({range}), {count} checked</source>
        <translation>约{share}有误（{range}），已核对 {count} 张</translation>
    </message>
    <message>
        <source>Perhaps {share} wrong ({range}), only {count} checked</source>
        <translation>可能{share}有误（{range}），仅核对 {count} 张</translation>
    </message>
    <message>
        <source>Unchecked: {} wrong, the model expects</source>
        <translation>未经核对：模型估计{}有误</translation>
    </message>
    <message>
        <source>Unchecked: {} wrong, the model expects, if each image belongs in a bin</source>
        <translation>未经核对：模型估计{}有误（前提：每张图像都属于某个分组）</translation>
    </message>
    <message>
        <source>No label is as sure as that</source>
        <translation>没有标签达到这样的把握</translation>
    </message>
    <message>
        <source>No label is as sure as that; with {share} wrong, {count:,} are</source>
        <translation>没有这么可靠的标签；若允许{share}有误，则有 {count:,} 个</translation>
    </message>
    <message>
        <source>Confirm or correct {} images above the line to check it, such as by “Check precision”.</source>
        <translation>要核对这条界线，请确认或更正界线以上的 {} 张图像，例如使用“检查精确率”。</translation>
    </message>
    <message>
        <source>Of your answers, {count} were about labels above this line, and {wrong} of those wrong.</source>
        <translation>您的回答中有 {count} 个涉及界线以上的标签，其中 {wrong} 个标签有误。</translation>
    </message>
    <message>
        <source>Confirm right labels, too: corrections alone say nothing of the rest.</source>
        <translation>也请确认正确的标签：仅有更正无法说明其余标签。</translation>
    </message>
    <message>
        <source>All images are answered: no label is left to check</source>
        <translation>全部图像均已回答：没有标签需要核对</translation>
    </message>
    <message>
        <source>Perhaps {share} wrong ({range}), none of them checked</source>
        <translation>可能{share}有误（{range}），尚未核对其中任何一张</translation>
    </message>
    <message>
        <source>{} of them were shown because they were doubtful: such answers are no sample.</source>
        <translation>其中 {} 个是因为可疑才显示的：这类回答不能算作抽样。</translation>
    </message>
    <message>
        <source>Each answer counts for labels of about its confidence only. In brackets: 95 % sure.</source>
        <translation>每个回答只对置信度相近的标签起作用。括号内为 95 % 置信区间。</translation>
    </message>
    <message>
        <source>None of your answers was about a label above this line.</source>
        <translation>您的回答都不涉及这条线以上的标签。</translation>
    </message>
    <message>
        <source>fewer than 1 in 1,000</source>
        <translation>每 1,000 个不到 1 个</translation>
    </message>
    <message>
        <source>{} in 1,000</source>
        <translation>每 1,000 个中 {} 个</translation>
    </message>
    <message>
        <source>{} in 100</source>
        <translation>每 100 个中 {} 个</translation>
    </message>
    <message>
        <source>up to {}</source>
        <translation>至多{}</translation>
    </message>
    <message>
        <source>{low} to {high} %</source>
        <translation>{low} 至 {high} %</translation>
    </message>
    <message>
        <source>{above:,} labelled, {below:,} unsure</source>
        <translation>已标注 {above:,} 张，不确定 {below:,} 张</translation>
    </message>
    <message>
        <source>{above:,} labelled, {below:,} unsure, 1 alike group</source>
        <translation>已标注 {above:,} 张，不确定 {below:,} 张，相似图像 1 组</translation>
    </message>
    <message>
        <source>{above:,} labelled, {below:,} unsure, {groups} alike groups</source>
        <translation>已标注 {above:,} 张，不确定 {below:,} 张，相似图像 {groups} 组</translation>
    </message>
    <message>
        <source>Nothing is unsure: all images are answered.</source>
        <translation>没有不确定的图像：全部图像均已回答。</translation>
    </message>
    <message>
        <source>Alike images among the unsure are offered here as a new bin.</source>
        <translation>不确定图像中彼此相似的，会在这里提议为新分组。</translation>
    </message>
    <message>
        <source>Looking for alike images among the unsure…</source>
        <translation>正在不确定的图像中寻找相似图像…</translation>
    </message>
    <message>
        <source>Nothing is unsure. Move the line to the left to be stricter.</source>
        <translation>没有不确定的图像。向左移动界线可更严格。</translation>
    </message>
    <message>
        <source>No three of the unsure images are alike enough for a bin of their own.</source>
        <translation>不确定的图像中，没有三张相似到足以自成一组。</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>RECENT</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Sort images from a handful of examples</source>
        <translation>几个示例，即可整理图像</translation>
    </message>
    <message>
        <source>Drag a few images into one bin and a few into another: the rest is labelled.</source>
        <translation>把几张图像拖入一个分组，再把几张拖入另一个：其余图像会自动标注。</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>试用演示</translation>
    </message>
    <message>
        <source>Or drop a folder here.</source>
        <translation>也可以把文件夹拖到这里。</translation>
    </message>
    <message>
        <source>Open {}</source>
        <translation>打开 {}</translation>
    </message>
</context>
<context>
    <name>Worker</name>
    <message>
        <source>Something went wrong inside Fewshot</source>
        <translation>Fewshot 内部出错</translation>
    </message>
    <message>
        <source>The rest goes on.</source>
        <translation>其余部分继续运行。</translation>
    </message>
</context>
<context>
    <name>WorkspaceController</name>
    <message>
        <source>It would be there twice</source>
        <translation>它会重复出现</translation>
    </message>
    <message>
        <source>“{}” holds a folder that is open.</source>
        <translation>“{}”包含已打开的文件夹。</translation>
    </message>
    <message>
        <source>Choose the folder itself.</source>
        <translation>请选择该文件夹本身。</translation>
    </message>
    <message>
        <source>No folder in the workspace</source>
        <translation>工作区中没有文件夹</translation>
    </message>
    <message>
        <source>{} does not say which folder it is about.</source>
        <translation>{} 没有说明对应哪个文件夹。</translation>
    </message>
    <message>
        <source>Open the folder instead.</source>
        <translation>请改为打开该文件夹。</translation>
    </message>
</context>
<context>
    <name>WorkspaceMessages</name>
    <message>
        <source>Locate…</source>
        <translation>定位…</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>另存副本…</translation>
    </message>
    <message>
        <source>Changes are refused here.</source>
        <translation>此处不接受更改。</translation>
    </message>
    <message>
        <source>Open the previous version</source>
        <translation>打开上一版本</translation>
    </message>
    <message>
        <source>The folder has moved</source>
        <translation>文件夹已移动</translation>
    </message>
    <message>
        <source>Found again: {}</source>
        <translation>已重新找到：{}</translation>
    </message>
    <message>
        <source>An added folder has moved</source>
        <translation>添加的文件夹已移动</translation>
    </message>
    <message>
        <source>Use “{}”</source>
        <translation>使用“{}”</translation>
    </message>
    <message>
        <source>Answers without their images: {}</source>
        <translation>有 {} 个答案找不到对应图像</translation>
    </message>
    <message>
        <source>They were moved away or changed. Your answers wait until the same images are back.</source>
        <translation>图像已移走或更改。您的答案会保留，直到相同的图像再次出现。</translation>
    </message>
    <message>
        <source>What you did last would be lost. Free the disk and close again, or save elsewhere.</source>
        <translation>您最近的操作将会丢失。请释放磁盘空间后再次关闭，或保存到其他位置。</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>不保存直接关闭</translation>
    </message>
    <message>
        <source>What you did last would be lost. Free the disk and try again, or save elsewhere.</source>
        <translation>您最近的操作将会丢失。请释放磁盘空间后重试，或保存到其他位置。</translation>
    </message>
    <message>
        <source>Discard the changes</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>It is tried again; your work is still here.</source>
        <translation>会再次尝试保存；您的工作仍在此处。</translation>
    </message>
    <message>
        <source>{path}: {reason}.</source>
        <translation>{path}：{reason}。</translation>
    </message>
    <message>
        <source>Save elsewhere…</source>
        <translation>保存到别处…</translation>
    </message>
    <message>
        <source>Workspace saved</source>
        <translation>工作区已保存</translation>
    </message>
    <message>
        <source>Your work is kept in {} from now on.</source>
        <translation>今后您的工作将保存在 {} 中。</translation>
    </message>
    <message>
        <source>Saved again</source>
        <translation>已重新保存</translation>
    </message>
</context>
<context>
    <name>_Badge</name>
    <message>
        <source>Press {} to add the selection</source>
        <translation>按 {} 加入所选图像</translation>
    </message>
</context>
<context>
    <name>_NewBinButton</name>
    <message>
        <source>New bin</source>
        <translation>新建分组</translation>
    </message>
    <message>
        <source>Drop examples here to
make your first bin</source>
        <translation>把示例拖到这里
建立第一个分组</translation>
    </message>
    <message>
        <source>Drop here for a new bin</source>
        <translation>拖到这里新建分组</translation>
    </message>
</context>
<context>
    <name>_TableView</name>
    <message>
        <source>Methods</source>
        <translation>方法</translation>
    </message>
</context>
<context>
    <name>_Tiles</name>
    <message>
        <source>{name}, example of “{bin}”: {share} of the decision</source>
        <translation>{name}，“{bin}”的示例：占决定的 {share}</translation>
    </message>
</context>
</TS>
