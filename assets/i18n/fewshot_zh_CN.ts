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
        <source>Apache License 2.0. The model “characters” is trained on Omniglot (MIT licence).</source>
        <translation>Apache License 2.0。模型“characters”使用 Omniglot（MIT 许可）训练。</translation>
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
    <name>Answers</name>
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
        <source>Average models of one method.</source>
        <translation>请只对同一种方法的模型求平均。</translation>
    </message>
    <message>
        <source>BD-CSPN</source>
        <translation>BD-CSPN</translation>
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
        <source>Choose another file.</source>
        <translation>请选择其他文件。</translation>
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
        <source>Connect the disk again, then retry.</source>
        <translation>请重新连接磁盘后重试。</translation>
    </message>
    <message>
        <source>Copy or fetch the file again.</source>
        <translation>请重新复制或下载该文件。</translation>
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
        <source>Give --take MODEL:METHOD.</source>
        <translation>请给出 --take MODEL:METHOD。</translation>
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
        <source>Install the program again, or train the model again with fewshot train.</source>
        <translation>请重新安装程序，或用 fewshot train 重新训练模型。</translation>
    </message>
    <message>
        <source>It has not been read yet.</source>
        <translation>尚未读取。</translation>
    </message>
    <message>
        <source>LSTM Meta-Learner</source>
        <translation>LSTM 元学习器</translation>
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
        <source>Model {0} has no method {1}; it has: {2}.</source>
        <translation>模型 {0} 没有方法 {1}；可用的有：{2}。</translation>
    </message>
    <message>
        <source>Moves the bins&apos; means until the folder&apos;s images are told apart clearly; bins may be of unequal size.</source>
        <translation>移动各分组的均值，直到能清楚区分文件夹中的图像；各分组大小可以不同。</translation>
    </message>
    <message>
        <source>NAME@PATH only.</source>
        <translation>仅限 NAME@PATH。</translation>
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
        <source>No method but transductive ones was named.</source>
        <translation>只指定了直推式方法。</translation>
    </message>
    <message>
        <source>No model was named.</source>
        <translation>未指定模型。</translation>
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
        <source>Not alike</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>Not fetched yet</source>
        <translation>尚未下载</translation>
    </message>
    <message>
        <source>Not opened</source>
        <translation>未打开</translation>
    </message>
    <message>
        <source>Nothing to bundle</source>
        <translation>没有可打包的内容</translation>
    </message>
    <message>
        <source>Nothing to compare</source>
        <translation>没有可比较的内容</translation>
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
        <source>Relation Network</source>
        <translation>关系网络</translation>
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
        <source>So does {0}, which is less sure of the right labels; which is better may be chance.</source>
        <translation>{0} 也是如此，但对正确标签的把握较低；孰优孰劣可能只是偶然。</translation>
    </message>
    <message>
        <source>Take it.</source>
        <translation>请采用它。</translation>
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
        <source>The model {0} is not on this machine.</source>
        <translation>模型 {0} 不在本机上。</translation>
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
        <source>Wait until it is labelled.</source>
        <translation>请等它标注完成。</translation>
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
        <source>{0} hold different weights.</source>
        <translation>{0} 含有不同的权重。</translation>
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
        <source>{0} is locked or cannot be written.</source>
        <translation>{0} 已被锁定或无法写入。</translation>
    </message>
    <message>
        <source>{0} is no file of weights alone: it is damaged, or could run code.</source>
        <translation>{0} 不是纯权重文件：它已损坏，或可能执行代码。</translation>
    </message>
    <message>
        <source>{0} is no longer there.</source>
        <translation>{0} 已不存在。</translation>
    </message>
    <message>
        <source>{0} is not among {1}.</source>
        <translation>{0} 不在 {1} 之中。</translation>
    </message>
    <message>
        <source>{0} is too large for a workspace.</source>
        <translation>{0} 过大，不是工作区文件。</translation>
    </message>
    <message>
        <source>{0} of {1} images that were looked at are ink on paper: the folder holds {2}.</source>
        <translation>查看的 {1} 张图像中有 {0} 张是纸上笔迹：该文件夹内容为{2}。</translation>
    </message>
    <message>
        <source>{0} of {1} labels {2} of {3} left-out examples right ({4} %, with 95 % confidence {5} to {6} %).</source>
        <translation>{1} 的 {0} 在 {3} 个留出示例中标对了 {2} 个（{4} %，95 % 置信区间 {5} 至 {6} %）。</translation>
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
    <name>Banner</name>
    <message>
        <source>Close the message</source>
        <translation>关闭消息</translation>
    </message>
</context>
<context>
    <name>Because</name>
    <message>
        <source>Because of: {}</source>
        <translation>依据：{}</translation>
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
        <source>There are {} bins, and more cannot be told apart.</source>
        <translation>已有 {} 个分组，再多就无法区分了。</translation>
    </message>
    <message>
        <source>Delete one first.</source>
        <translation>请先删除一个。</translation>
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
        <source>Type at least one character.</source>
        <translation>请至少输入一个字符。</translation>
    </message>
    <message>
        <source>“{}” is taken.</source>
        <translation>“{}”已被使用。</translation>
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
        <source>Tour, {step} of {steps}: {title}</source>
        <translation>导览，第 {step} 步，共 {steps} 步：{title}</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open folder…</source>
        <translation>打开文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Look for new files</source>
        <translation>查找新文件(&amp;L)</translation>
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
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
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
        <source>&amp;Find images by name</source>
        <translation>按名称查找图像(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>键盘快捷键(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Images</source>
        <translation>图像(&amp;I)</translation>
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
        <source>&amp;Add to</source>
        <translation>加入(&amp;A)</translation>
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
        <source>&amp;Never label as</source>
        <translation>永不标为(&amp;N)</translation>
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
        <source>&amp;Bins</source>
        <translation>分组(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;New bin from the selection</source>
        <translation>用所选新建分组(&amp;N)</translation>
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
        <source>&amp;Check precision…</source>
        <translation>检查精确率(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
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
        <source>S&amp;ort again</source>
        <translation>重新排序(&amp;O)</translation>
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
    <message>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
</context>
<context>
    <name>Desk</name>
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
    <name>ExampleView</name>
    <message>
        <source>Examples of {}</source>
        <translation>{} 的示例</translation>
    </message>
</context>
<context>
    <name>Fetching</name>
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
</context>
<context>
    <name>GalleryPage</name>
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
        <source>All images</source>
        <translation>所有图像</translation>
    </message>
    <message>
        <source>Unsure (less than {:.0%})</source>
        <translation>不确定（低于 {:.0%}）</translation>
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
    <name>Guidance</name>
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
        <source>The images most like it come first. Add a second bin to get labels.</source>
        <translation>与它最相似的图像排在最前。再添加一个分组即可开始标注。</translation>
    </message>
    <message>
        <source>Your first bin</source>
        <translation>您的第一个分组</translation>
    </message>
</context>
<context>
    <name>Help</name>
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
    <name>Inspector</name>
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
</context>
<context>
    <name>Keeper</name>
    <message>
        <source>Cannot save there</source>
        <translation>无法保存到该位置</translation>
    </message>
    <message>
        <source>{} is open in another window, or its folder cannot be written.</source>
        <translation>{} 已在另一窗口中打开，或其所在文件夹无法写入。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>The workspace is in use</source>
        <translation>工作区正在使用中</translation>
    </message>
    <message>
        <source>{} is open in another window.</source>
        <translation>{} 已在另一窗口中打开。</translation>
    </message>
    <message>
        <source>Close it there first.</source>
        <translation>请先在那里关闭。</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>&amp;Language · 语言</source>
        <translation>语言 · &amp;Language</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
</context>
<context>
    <name>Looking</name>
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
    <message>
        <source>Drag images onto the tile below the bins to make one.</source>
        <translation>把图像拖到分组下方的方块上，即可新建分组。</translation>
    </message>
    <message>
        <source>There are no bins yet</source>
        <translation>还没有分组</translation>
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
    <name>MainWindow</name>
    <message>
        <source>Labels exported</source>
        <translation>标签已导出</translation>
    </message>
    <message>
        <source>Drop images onto a bin to make them examples, or a folder here to open it.</source>
        <translation>把图像拖到分组上作为示例，或把文件夹拖到这里打开。</translation>
    </message>
    <message>
        <source>Where should these go?</source>
        <translation>这些要放到哪里？</translation>
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
    <name>NameEdit</name>
    <message>
        <source>Name of the bin</source>
        <translation>分组名称</translation>
    </message>
</context>
<context>
    <name>Opening</name>
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
    <message>
        <source>Nothing to add</source>
        <translation>没有可添加的内容</translation>
    </message>
    <message>
        <source>“{}” is not an image and holds none.</source>
        <translation>“{}”不是图像，也不含图像。</translation>
    </message>
    <message>
        <source>Drop images or folders of images.</source>
        <translation>请拖入图像或图像文件夹。</translation>
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
    <name>Preview</name>
    <message>
        <source>Picture of {}</source>
        <translation>{} 的图片</translation>
    </message>
</context>
<context>
    <name>RankedBars</name>
    <message>
        <source>Likeliest bins: {}</source>
        <translation>最可能的分组：{}</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Demonstration</source>
        <translation>演示</translation>
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
        <source>Make one subfolder per class, or drag examples into bins here.</source>
        <translation>请为每个分组建一个子文件夹，或在这里把示例拖入分组。</translation>
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
    <name>StatusStrip</name>
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
        <source>Looking for images… {:,} so far</source>
        <translation>正在查找图像… 已找到 {:,} 张</translation>
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
    <name>TilePainter</name>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
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
    <name>Viewer</name>
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
    <name>Welcome</name>
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
    <name>WorkspaceMessages</name>
    <message>
        <source>Locate…</source>
        <translation>定位…</translation>
    </message>
    <message>
        <source>Another window has it open, or its folder cannot be written: changes are refused here.</source>
        <translation>它已在另一窗口中打开，或其所在文件夹无法写入：此处不接受更改。</translation>
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
    <name>_NewBin</name>
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
</TS>
