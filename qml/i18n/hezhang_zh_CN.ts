<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AppButton</name>
    <message>
        <source>%1, please wait</source>
        <translation>%1，请稍候</translation>
    </message>
</context>
<context>
    <name>AppComboBox</name>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
</context>
<context>
    <name>AppDialog</name>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>AppTextArea</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2 字</translation>
    </message>
</context>
<context>
    <name>AppTextField</name>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
</context>
<context>
    <name>AsideListPage</name>
    <message>
        <source>Set aside</source>
        <translation>未采用</translation>
    </message>
    <message>
        <source>Admitted; it takes effect with the next sync</source>
        <translation>已同意采用，下次同步后生效</translation>
    </message>
    <message>
        <source>Written by</source>
        <translation>填写人</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Admit</source>
        <translation>同意采用</translation>
    </message>
    <message>
        <source>Nothing is set aside</source>
        <translation>没有未采用的内容</translation>
    </message>
    <message>
        <source>Admit what was set aside</source>
        <translation>采用未采用的内容</translation>
    </message>
    <message>
        <source>Reason; it stays in the history</source>
        <translation>理由（留存在历史记录中）</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>Places</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>CheckLines</name>
    <message>
        <source>before: %1</source>
        <translation>上次：%1</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Save on this device</source>
        <translation>保存到本机</translation>
    </message>
    <message>
        <source>Discard draft</source>
        <translation>放弃草稿</translation>
    </message>
    <message>
        <source>Your draft is back</source>
        <translation>草稿已找回</translation>
    </message>
    <message>
        <source>It was not saved when the form was left.</source>
        <translation>上次离开时尚未保存。</translation>
    </message>
    <message>
        <source>Has it been put right?</source>
        <translation>整改到位了吗？</translation>
    </message>
    <message>
        <source>Is it as it should be?</source>
        <translation>是否符合要求？</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>检查发现</translation>
    </message>
    <message>
        <source>One line is enough</source>
        <translation>写一句话即可</translation>
    </message>
    <message>
        <source>New date to put it right by</source>
        <translation>新的整改期限</translation>
    </message>
    <message>
        <source>To be put right by</source>
        <translation>整改期限</translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>%n 天内</numerusform>
        </translation>
    </message>
    <message>
        <source>What the unit reports</source>
        <translation>单位填报情况</translation>
    </message>
    <message>
        <source>The unit has not reported yet.</source>
        <translation>该单位尚未填报。</translation>
    </message>
    <message>
        <source>What is asked</source>
        <translation>任务要求</translation>
    </message>
    <message>
        <source>Indicator</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Found before</source>
        <translation>以往检查</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Line by line</source>
        <translation>逐项核查</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>单位计数</translation>
    </message>
</context>
<context>
    <name>CheckPhotos</name>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Add a photo</source>
        <translation>添加照片</translation>
    </message>
    <message>
        <source>Remove photo %1</source>
        <translation>移除第 %1 张照片</translation>
    </message>
    <message>
        <source>Photos are made smaller; where they were taken is left out.</source>
        <translation>照片会自动压缩，并去除拍摄位置。</translation>
    </message>
</context>
<context>
    <name>CheckWords</name>
    <message>
        <source>by %1</source>
        <translation>%1前</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 photos here</source>
        <translation>共 %2 张照片，本机有 %1 张</translation>
    </message>
</context>
<context>
    <name>ChecksPage</name>
    <message>
        <source>Checks on site</source>
        <translation>现场检查</translation>
    </message>
    <message numerus="yes">
        <source>Second look due at %n place(s)</source>
        <translation>
            <numerusform>%n 处应复查</numerusform>
        </translation>
    </message>
    <message>
        <source>New place</source>
        <translation>新增检查点</translation>
    </message>
    <message>
        <source>Place, unit or address</source>
        <translation>检查点、单位或地址</translation>
    </message>
    <message>
        <source>The unit itself</source>
        <translation>单位本身</translation>
    </message>
    <message numerus="yes">
        <source>%n second look(s) due</source>
        <translation>
            <numerusform>%n 项应复查</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to be put right</source>
        <translation>
            <numerusform>%n 项待整改</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n objection(s)</source>
        <translation>
            <numerusform>%n 项申辩</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 tasks looked at</source>
        <translation>已检查 %1/%2 项</translation>
    </message>
    <message>
        <source>No places here</source>
        <translation>暂无检查点</translation>
    </message>
    <message>
        <source>Add the place you stand at, or sync to get the units and their tasks.</source>
        <translation>可直接新增所在检查点，或同步获取单位和任务。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Name of the place</source>
        <translation>检查点名称</translation>
    </message>
    <message>
        <source>Notice board at the east gate</source>
        <translation>如：东门公示栏</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Remove filter %1</source>
        <translation>去掉筛选 %1</translation>
    </message>
</context>
<context>
    <name>ChipBar</name>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
</context>
<context>
    <name>ContradictionCard</name>
    <message>
        <source>Number done: %1</source>
        <translation>完成数量：%1</translation>
    </message>
    <message>
        <source>Nothing written yet.</source>
        <translation>还没有填写。</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
</context>
<context>
    <name>ContradictionListPage</name>
    <message>
        <source>Contradictions</source>
        <translation>互相矛盾</translation>
    </message>
    <message>
        <source>Returned; saved on this device</source>
        <translation>已退回，已存本机</translation>
    </message>
    <message>
        <source>No contradictions</source>
        <translation>没有发现矛盾</translation>
    </message>
    <message>
        <source>What was submitted in this window goes together.</source>
        <translation>本报送期已报送的内容互相一致。</translation>
    </message>
</context>
<context>
    <name>DateField</name>
    <message>
        <source>Pick a date</source>
        <translation>选日期</translation>
    </message>
</context>
<context>
    <name>DeviceListPage</name>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Ask the county again</source>
        <translation>重新查询</translation>
    </message>
    <message>
        <source>Invite</source>
        <translation>邀请</translation>
    </message>
    <message>
        <source>The device was stopped</source>
        <translation>设备已停用</translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) went on in two copies</source>
        <translation>
            <numerusform>有 %n 台设备的数据被复制后分头使用</numerusform>
        </translation>
    </message>
    <message>
        <source>Their folder was copied or put back from a backup. Nothing is lost; ask which of the two is still in use.</source>
        <translation>数据文件夹曾被拷贝或用备份恢复。内容没有丢失，请问清还在用哪一份。</translation>
    </message>
    <message>
        <source>Open invitations</source>
        <translation>未使用的邀请</translation>
    </message>
    <message>
        <source>Person or unit</source>
        <translation>姓名或单位</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>未登记姓名</translation>
    </message>
    <message>
        <source>This device</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>In two copies</source>
        <translation>有两份</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>有效期至 %1</translation>
    </message>
    <message>
        <source>No invitation is open</source>
        <translation>没有未使用的邀请</translation>
    </message>
    <message>
        <source>No such person or unit</source>
        <translation>没有这样的人员或单位</translation>
    </message>
    <message>
        <source>No device yet</source>
        <translation>还没有设备</translation>
    </message>
    <message>
        <source>An invitation is listed here until it is used or has expired.</source>
        <translation>邀请发出后列在这里，用过或过期即消失。</translation>
    </message>
    <message>
        <source>Only the county knows which invitations are open</source>
        <translation>连上县里才能看到未使用的邀请</translation>
    </message>
    <message>
        <source>The invitation was withdrawn</source>
        <translation>邀请已撤回</translation>
    </message>
    <message>
        <source>The person has left: stop it</source>
        <translation>人员已离任，请停用</translation>
    </message>
    <message>
        <source>invited by %1</source>
        <translation>%1邀请</translation>
    </message>
    <message>
        <source>Withdraw the invitation of %1?</source>
        <translation>撤回对%1的邀请？</translation>
    </message>
    <message>
        <source>Its code and its picture are of no use any more. A new invitation has another code.</source>
        <translation>邀请码和二维码随即作废。重新邀请时会有新的邀请码。</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>The device was stopped and will be emptied</source>
        <translation>设备已停用，将被清空</translation>
    </message>
    <message>
        <source>joined %1</source>
        <translation>%1加入</translation>
    </message>
</context>
<context>
    <name>DevicePanel</name>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>加入时间</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备编号</translation>
    </message>
    <message>
        <source>This device was stopped. It gets nothing more; what it still sends is kept and set aside.</source>
        <translation>这台设备已停用，不再收到任何内容；它再上报的内容会保留，但不采用。</translation>
    </message>
    <message>
        <source>This is the device you work on. Only another device of the county office can stop it.</source>
        <translation>这是您正在使用的设备，只能由县政务公开办的另一台设备停用。</translation>
    </message>
    <message>
        <source>Its folder was copied or put back from a backup: both go on, and nothing is lost. Where one of the two is not in the right hands, stop the device and invite the person again.</source>
        <translation>它的数据文件夹曾被拷贝或用备份恢复，两份都在使用，内容没有丢失。如果其中一份不在本人手里，请停用这台设备并重新邀请。</translation>
    </message>
    <message>
        <source>Stop a device that was lost, sold or given on. What was sent before stays as it is.</source>
        <translation>设备丢失、报废或转交他人时请停用。此前上报的内容不受影响。</translation>
    </message>
    <message>
        <source>Stop this device</source>
        <translation>停用这台设备</translation>
    </message>
    <message>
        <source>The person has left the county, and this device still receives. Stop it, and invite who follows.</source>
        <translation>该人员已离任，但这台设备仍在接收内容。请停用它，并邀请接任人员。</translation>
    </message>
    <message>
        <source>Emptying</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Empty this device</source>
        <translation>清空这台设备</translation>
    </message>
</context>
<context>
    <name>DiffLegend</name>
    <message>
        <source>added</source>
        <translation>增加</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>删去</translation>
    </message>
</context>
<context>
    <name>DiffText</name>
    <message>
        <source>added: %1</source>
        <translation>增加：%1</translation>
    </message>
    <message>
        <source>[added]</source>
        <translation>[增]</translation>
    </message>
    <message>
        <source>[left out]</source>
        <translation>[删]</translation>
    </message>
    <message>
        <source>left out: %1</source>
        <translation>删去：%1</translation>
    </message>
</context>
<context>
    <name>DifferencePage</name>
    <message>
        <source>Several people changed different sentences. The program has put them into one text. Please read whether it is right.</source>
        <translation>几个人改了不同的句子，程序已把它们合成一段。请看一看是否妥当。</translation>
    </message>
    <message>
        <source>Several people wrote different things. The one whose author decides here stands; the others are kept below.</source>
        <translation>几个人填的不一样。现以有权认定的一方为准，其他的保留在下面。</translation>
    </message>
    <message>
        <source>One wants to delete the entry, another has written in it meanwhile, without knowing of each other.</source>
        <translation>一人要删除这条记录，另一人在不知情时又填写了内容。</translation>
    </message>
    <message>
        <source>These were written without knowing of each other. Nothing is lost: choose one, or write another.</source>
        <translation>下面几种写法，填写时互相都没有看到。都保留着，没有丢：请选一种，或者另写一种。</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>写法不一</translation>
    </message>
    <message>
        <source>History</source>
        <translation>填写经过</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>It has changed since you opened it</source>
        <translation>您打开以后，内容又有变化</translation>
    </message>
    <message>
        <source>Below is how it stands now. Please look at it again before you decide.</source>
        <translation>下面是现在的内容，请重新看过再定。</translation>
    </message>
    <message>
        <source>I have looked</source>
        <translation>我看过了</translation>
    </message>
    <message>
        <source>This is settled</source>
        <translation>已经定好了</translation>
    </message>
    <message>
        <source>Nothing waits for a decision here. The history keeps everything that was written.</source>
        <translation>这里没有要定的了。写过的内容都保留在填写经过里。</translation>
    </message>
    <message>
        <source>Before, for all of them</source>
        <translation>改之前（大家都从这里改起）</translation>
    </message>
    <message>
        <source>Shown now</source>
        <translation>现在显示</translation>
    </message>
    <message>
        <source>This is right</source>
        <translation>这样妥当</translation>
    </message>
    <message>
        <source>Do not write another</source>
        <translation>不另写了</translation>
    </message>
    <message>
        <source>Change the text</source>
        <translation>修改文字</translation>
    </message>
    <message>
        <source>Write another</source>
        <translation>另写一种</translation>
    </message>
    <message>
        <source>What is right</source>
        <translation>应当是</translation>
    </message>
    <message>
        <source>Save this text</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Decide so</source>
        <translation>就这样定</translation>
    </message>
    <message>
        <source>Whoever wrote another text is told. Nothing is erased: the history keeps it.</source>
        <translation>没有选用的写法，会告知填写人；内容仍保留在填写经过里。</translation>
    </message>
</context>
<context>
    <name>DraftBadge</name>
    <message>
        <source>kept</source>
        <translation>已保留</translation>
    </message>
    <message>
        <source>not kept</source>
        <translation>未能保留</translation>
    </message>
</context>
<context>
    <name>EarlierCheckCard</name>
    <message>
        <source>by %1</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>The unit objects: %1</source>
        <translation>单位申辩：%1</translation>
    </message>
</context>
<context>
    <name>EarlierTaskPart</name>
    <message>
        <source>Last year</source>
        <translation>上年</translation>
    </message>
    <message>
        <source>Indicator</source>
        <translation>量化指标</translation>
    </message>
    <message>
        <source>Number done: %1</source>
        <translation>完成数量：%1</translation>
    </message>
    <message>
        <source>Nothing was reported.</source>
        <translation>没有填报。</translation>
    </message>
    <message>
        <source>only the reports that are on this device</source>
        <translation>只含本机上的填报</translation>
    </message>
    <message>
        <source>Open last year&apos;s task</source>
        <translation>打开上年任务</translation>
    </message>
</context>
<context>
    <name>EnrolPage</name>
    <message>
        <source>Welcome to Hezhang</source>
        <translation>欢迎使用合账</translation>
    </message>
    <message>
        <source>The county office gives you an invitation: an address and a code, or a picture with a QR code. It connects this device with your county; after that you can work without a network.</source>
        <translation>县政务公开办会给您一份邀请：一个地址和一个邀请码，或者一张二维码图片。它把本机与本县连接起来，之后没有网络也能工作。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>As https://hezhang.example.gov.cn</source>
        <translation>例如 https://hezhang.example.gov.cn</translation>
    </message>
    <message>
        <source>Invitation code</source>
        <translation>邀请码</translation>
    </message>
    <message>
        <source>Join the county</source>
        <translation>加入本县</translation>
    </message>
    <message>
        <source>Read a QR picture…</source>
        <translation>读取二维码图片…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Picture with the QR code</source>
        <translation>二维码图片</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.bmp *.webp)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.bmp *.webp)</translation>
    </message>
</context>
<context>
    <name>ExportPage</name>
    <message>
        <source>Saved: %1</source>
        <translation>已保存到：%1</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>台账</translation>
    </message>
    <message>
        <source>Reporting window</source>
        <translation>报送期</translation>
    </message>
    <message>
        <source>Writing the file</source>
        <translation>正在生成文件</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>表样</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>File type</source>
        <translation>文件类型</translation>
    </message>
</context>
<context>
    <name>ExtensionPart</name>
    <message>
        <source>Saved on this device</source>
        <translation>已存本机</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>理由：%1</translation>
    </message>
    <message>
        <source>The office says: %1</source>
        <translation>县政务公开办意见：%1</translation>
    </message>
    <message>
        <source>Grant more time</source>
        <translation>同意延期</translation>
    </message>
    <message>
        <source>Refuse more time</source>
        <translation>不同意延期</translation>
    </message>
    <message>
        <source>Ask for more time</source>
        <translation>申请延期</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>申请</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>延至</translation>
    </message>
    <message>
        <source>Later than the window&apos;s last day, %1</source>
        <translation>晚于报送期最后一天（%1）</translation>
    </message>
    <message>
        <source>Reason; the office reads it</source>
        <translation>理由（县政务公开办可见）</translation>
    </message>
    <message>
        <source>Grant</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Words to the unit</source>
        <translation>给单位的话</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>不同意</translation>
    </message>
    <message>
        <source>Reason; the unit reads it</source>
        <translation>理由（该单位可见）</translation>
    </message>
</context>
<context>
    <name>FailedPage</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Enter an invitation</source>
        <translation>输入邀请</translation>
    </message>
</context>
<context>
    <name>FieldFrame</name>
    <message>
        <source>required</source>
        <translation>必填</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>not given</source>
        <translation>未填</translation>
    </message>
</context>
<context>
    <name>FieldWords</name>
    <message>
        <source>The whole entry</source>
        <translation>整条记录</translation>
    </message>
    <message>
        <source>Delete the entry</source>
        <translation>删除这条记录</translation>
    </message>
    <message>
        <source>Keep the entry</source>
        <translation>保留这条记录</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>this device</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>device %1</source>
        <translation>设备 %1</translation>
    </message>
    <message>
        <source>as it stood then</source>
        <translation>按当时的内容</translation>
    </message>
    <message>
        <source>file %1</source>
        <translation>附件 %1</translation>
    </message>
</context>
<context>
    <name>FileDrop</name>
    <message>
        <source>Drop the document here</source>
        <translation>拖到这里放开</translation>
    </message>
</context>
<context>
    <name>FileStage</name>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
</context>
<context>
    <name>FilingCard</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n个附件</numerusform>
        </translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>核验</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>History</source>
        <translation>填写经过</translation>
    </message>
    <message>
        <source>%1 of %2 files here</source>
        <translation>共 %2 个附件，本机有 %1 个</translation>
    </message>
</context>
<context>
    <name>FilingFactsCard</name>
    <message>
        <source>On time</source>
        <translation>按时</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>认可</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Contact on the form</source>
        <translation>表上联系人</translation>
    </message>
    <message>
        <source>nobody put down: the form names who wrote the latest report</source>
        <translation>未填；表上印最近一次填报的人</translation>
    </message>
</context>
<context>
    <name>FilingPage</name>
    <message>
        <source>Submit</source>
        <translation>报送</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard draft</source>
        <translation>放弃草稿</translation>
    </message>
    <message>
        <source>Submitted; saved on this device</source>
        <translation>已报送，已存本机</translation>
    </message>
    <message>
        <source>Saved on this device</source>
        <translation>已存本机</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>Your draft is back</source>
        <translation>草稿已恢复</translation>
    </message>
    <message>
        <source>It was not saved when the form was left.</source>
        <translation>离开时还没有保存，现已恢复。</translation>
    </message>
    <message>
        <source>%1 wrote meanwhile:</source>
        <translation>%1 在此期间写道：</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>我看过了</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>进展落实情况</translation>
    </message>
    <message>
        <source>The status was changed meanwhile: %1</source>
        <translation>状态在此期间被改为：%1</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Percent done</source>
        <translation>完成比例</translation>
    </message>
    <message>
        <source>Done since last time</source>
        <translation>本期新完成数量</translation>
    </message>
    <message numerus="yes">
        <source>%n so far</source>
        <translation>
            <numerusform>目前共%n</numerusform>
        </translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>佐证材料</translation>
    </message>
    <message>
        <source>Add a file</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Counted; saved on this device</source>
        <translation>已计数，已存本机</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>History</source>
        <translation>填写经过</translation>
    </message>
    <message>
        <source>Shown now</source>
        <translation>现在显示</translation>
    </message>
    <message>
        <source>The county received it: %1 (by its own clock)</source>
        <translation>县里收到：%1（县里的时间）</translation>
    </message>
    <message>
        <source>Not yet answered by the county.</source>
        <translation>县里还没有答复。</translation>
    </message>
    <message>
        <source>Number of the edit</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Seen before writing</source>
        <translation>填写前看到的编号</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Write this again</source>
        <translation>恢复这个内容</translation>
    </message>
    <message>
        <source>Nothing was written here yet</source>
        <translation>这里还没有填写过</translation>
    </message>
    <message>
        <source>Edits in force</source>
        <translation>现在有效的编号</translation>
    </message>
    <message>
        <source>Known of each line</source>
        <translation>本机已有到第几号</translation>
    </message>
    <message>
        <source>Written again. It goes to the county with the next sync.</source>
        <translation>已恢复，下次同步时送到县里。</translation>
    </message>
    <message>
        <source>Hide the numbers of the edits</source>
        <translation>收起修改编号</translation>
    </message>
    <message>
        <source>Show the numbers of the edits</source>
        <translation>查看修改编号</translation>
    </message>
    <message>
        <source>Earlier changes are not on this device</source>
        <translation>更早的修改不在本机上</translation>
    </message>
    <message>
        <source>Earlier changes are not on this device yet</source>
        <translation>更早的修改还没有取到本机</translation>
    </message>
    <message>
        <source>They were let go of to save space. The county still has them.</source>
        <translation>本机为节省空间没有保留，县里仍有。</translation>
    </message>
    <message>
        <source>They come by themselves with the next syncs.</source>
        <translation>以后同步时会自动陆续取回。</translation>
    </message>
    <message>
        <source>Get them</source>
        <translation>从县里取回</translation>
    </message>
    <message>
        <source>Getting earlier changes</source>
        <translation>正在取回更早的修改</translation>
    </message>
    <message>
        <source>Nothing of it is on this device</source>
        <translation>本机上没有这里的修改</translation>
    </message>
    <message>
        <source>Numbers of the edits</source>
        <translation>修改编号</translation>
    </message>
</context>
<context>
    <name>HolidaysPage</name>
    <message>
        <source>Days off</source>
        <translation>放假安排</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Saved on this device; the county counts by it after the next sync</source>
        <translation>已存本机，下次同步后全县按此计算</translation>
    </message>
    <message>
        <source>Not announced yet: from %1 on</source>
        <translation>%1年起的放假安排尚未公布</translation>
    </message>
    <message>
        <source>Until a notice is loaded, only Saturdays and Sundays count as days off, and the dates that come of it are marked provisional. The office loads the notice as a JSON file.</source>
        <translation>载入通知之前，只把周六、周日算作休息日，由此得出的日期标为“暂定”。县政务公开办用 JSON 文件载入通知。</translation>
    </message>
    <message>
        <source>%1 cannot be used</source>
        <translation>%1不能使用</translation>
    </message>
    <message>
        <source>The county counts by this already: there is nothing to load.</source>
        <translation>全县已按此计算，无需载入。</translation>
    </message>
    <message>
        <source>Load for the whole county</source>
        <translation>载入，全县使用</translation>
    </message>
    <message>
        <source>Do not load</source>
        <translation>不载入</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Provisional</source>
        <translation>暂定</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Worked to make up</source>
        <translation>调休上班</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The notice on days off</source>
        <translation>放假安排的通知</translation>
    </message>
    <message>
        <source>Notices on days off (*.json)</source>
        <translation>放假安排 (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>ImportFieldCard</name>
    <message>
        <source>Take the document&apos;s words</source>
        <translation>采用文件的内容</translation>
    </message>
</context>
<context>
    <name>ImportHeadPart</name>
    <message>
        <source>The whole document</source>
        <translation>整份文件</translation>
    </message>
    <message>
        <source>Every task shows the document&apos;s own words beside what was understood. Begin with those that are marked.</source>
        <translation>每项任务都把原文与识别结果对照显示，请先核对有标记的任务。</translation>
    </message>
    <message>
        <source>Title of the ledger</source>
        <translation>台账名称</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年份</translation>
    </message>
    <message>
        <source>Deadlines are read by the year.</source>
        <translation>完成时限要按年份推算。</translation>
    </message>
    <message>
        <source>Please look at this</source>
        <translation>请核对</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Import a ledger</source>
        <translation>导入台账</translation>
    </message>
    <message>
        <source>Another file</source>
        <translation>换一个文件</translation>
    </message>
    <message numerus="yes">
        <source>Make the ledger: %n task(s)</source>
        <translation>
            <numerusform>生成台账（%n 项任务）</numerusform>
        </translation>
    </message>
    <message>
        <source>Give the year first.</source>
        <translation>请先填写年份。</translation>
    </message>
    <message numerus="yes">
        <source>%n doubt(s) left; they can also be settled later.</source>
        <translation>
            <numerusform>还有 %n 处疑点，也可以生成后再补。</numerusform>
        </translation>
    </message>
    <message>
        <source>No doubts.</source>
        <translation>没有疑点。</translation>
    </message>
    <message>
        <source>Choose the document of the year&apos;s tasks</source>
        <translation>选择年度任务台账文件</translation>
    </message>
    <message>
        <source>Word (.docx), Excel (.xlsx), PDF, a web page or text. It can also be dropped here, or pasted. Nothing is made before you have seen it.</source>
        <translation>支持 Word（.docx）、Excel（.xlsx）、PDF、网页和文本文件，也可以拖到这里或直接粘贴。您核对之前，不会生成任何内容。</translation>
    </message>
    <message>
        <source>Open a reporting window</source>
        <translation>去开启报送期</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Paste a text</source>
        <translation>粘贴文本</translation>
    </message>
    <message numerus="yes">
        <source>%n doubt(s)</source>
        <translation>
            <numerusform>%n 处疑点</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>Making the ledger</source>
        <translation>正在生成台账</translation>
    </message>
    <message>
        <source>Documents (*.docx *.xlsx *.pdf *.html *.htm *.txt *.csv *.md *.tsv)</source>
        <translation>文档 (*.docx *.xlsx *.pdf *.html *.htm *.txt *.csv *.md *.tsv)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message numerus="yes">
        <source>Make the ledger with %n doubt(s)?</source>
        <translation>
            <numerusform>还有 %n 处疑点，仍要生成台账吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>Units and deadlines that are missing can be added to the tasks later. Importing the same document again changes only what differs.</source>
        <translation>缺少的责任单位和时限，可以以后在任务里补充。同一份文件再次导入，只更改不同之处。</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Title and year</source>
        <translation>名称和年份</translation>
    </message>
    <message>
        <source>Link with last year&apos;s tasks</source>
        <translation>与上年任务承接</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Update the ledger</source>
        <translation>更新台账</translation>
    </message>
    <message>
        <source>%1 new, %2 changed, %3 not in the document</source>
        <comment>numbers of tasks</comment>
        <translation>新增 %1 项，更改 %2 项，文件中没有 %3 项</translation>
    </message>
    <message>
        <source>The ledger is ready</source>
        <translation>台账已写入</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Text changed</source>
        <translation>内容有改动</translation>
    </message>
    <message>
        <source>To be chosen</source>
        <translation>待选择</translation>
    </message>
    <message>
        <source>Number changed</source>
        <translation>序号变了</translation>
    </message>
    <message numerus="yes">
        <source>%n to be chosen</source>
        <translation>
            <numerusform>%n 处待选择</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportTaskPart</name>
    <message>
        <source>Task %1</source>
        <translation>任务 %1</translation>
    </message>
    <message>
        <source>Please look at this</source>
        <translation>请核对</translation>
    </message>
    <message>
        <source>In the document</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>Key work</source>
        <translation>重点工作</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>主要内容</translation>
    </message>
    <message>
        <source>Indicator</source>
        <translation>量化指标</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>责任单位</translation>
    </message>
    <message>
        <source>Take %1 away</source>
        <translation>去掉 %1</translation>
    </message>
    <message>
        <source>Add a unit</source>
        <translation>添加单位</translation>
    </message>
    <message>
        <source>Choose a unit</source>
        <translation>请选择单位</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>完成时限</translation>
    </message>
    <message>
        <source>In words, as the document says</source>
        <translation>原文表述</translation>
    </message>
    <message>
        <source>As a date</source>
        <translation>具体日期</translation>
    </message>
    <message>
        <source>Leave this task out</source>
        <translation>不导入这项任务</translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>展开全部</translation>
    </message>
    <message>
        <source>Compared with the ledger</source>
        <translation>与台账相比</translation>
    </message>
    <message>
        <source>In the ledger it is</source>
        <translation>它在台账中是</translation>
    </message>
    <message>
        <source>It resembles task %1 of the ledger.</source>
        <translation>与台账第 %1 项任务相似。</translation>
    </message>
</context>
<context>
    <name>ImportUpdatePart</name>
    <message>
        <source>Write it into</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>The ledger keeps its title and year.</source>
        <translation>台账的标题和年份不变。</translation>
    </message>
    <message>
        <source>Compared with the ledger</source>
        <translation>与台账相比</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新增</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n 项任务</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>Not in the document</source>
        <translation>文件中没有</translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) that people changed in the ledger stay as they are</source>
        <translation>
            <numerusform>台账中人工改过的 %n 处内容保持不变</numerusform>
        </translation>
    </message>
    <message>
        <source>The document says something else there. Look at each task that is marked and choose.</source>
        <translation>这些地方文件的写法不同。请逐项查看有标记的任务并作出选择。</translation>
    </message>
    <message>
        <source>In the ledger, not in the document</source>
        <translation>台账中有、文件中没有的任务</translation>
    </message>
    <message numerus="yes">
        <source>%n report(s) on it</source>
        <translation>
            <numerusform>已有 %n 份填报</numerusform>
        </translation>
    </message>
    <message>
        <source>No reports on it</source>
        <translation>没有填报</translation>
    </message>
    <message>
        <source>Remove it from the ledger</source>
        <translation>从台账中删除</translation>
    </message>
    <message>
        <source>Otherwise it stays as it is.</source>
        <translation>不打开则保持不变。</translation>
    </message>
</context>
<context>
    <name>InboxPage</name>
    <message>
        <source>Your text was not taken</source>
        <translation>您的内容未被选用</translation>
    </message>
    <message>
        <source>You wrote in it</source>
        <translation>有您填的</translation>
    </message>
    <message>
        <source>To be decided</source>
        <translation>待定事项</translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n 处不一致</numerusform>
        </translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>Put together by machine</source>
        <translation>自动合成</translation>
    </message>
    <message>
        <source>Only where I wrote</source>
        <translation>只看有我填的</translation>
    </message>
    <message>
        <source>Nothing to decide</source>
        <translation>没有要定的</translation>
    </message>
    <message>
        <source>Where two people write different things in one place, it is shown here, and nothing of it is lost.</source>
        <translation>两个人在同一处填得不一样时，会列在这里，内容都不会丢。</translation>
    </message>
</context>
<context>
    <name>InvitationCard</name>
    <message>
        <source>QR code of the invitation</source>
        <translation>邀请二维码</translation>
    </message>
    <message>
        <source>Save as a picture</source>
        <translation>保存为图片</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>复制整条邀请</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>复制邀请码</translation>
    </message>
    <message>
        <source>Invite another person</source>
        <translation>继续邀请</translation>
    </message>
    <message>
        <source>On the new device the person opens Hezhang, then types address and code, or reads the picture. Give it to nobody else; the code is shown here only, and is gone when you leave this page.</source>
        <translation>请对方在新设备上打开合账，输入地址和邀请码，或者读取图片。请勿转给他人；邀请码只在这里显示，离开本页后不再显示。</translation>
    </message>
</context>
<context>
    <name>InvitationForm</name>
    <message>
        <source>The person gets a code that connects one device with the county, once.</source>
        <translation>对方会得到一个邀请码，可以让一台设备加入本县，只能用一次。</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>The code is good for</source>
        <translation>邀请码有效期</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>Make the invitation</source>
        <translation>生成邀请</translation>
    </message>
</context>
<context>
    <name>InvitationPage</name>
    <message>
        <source>Invite a person</source>
        <translation>邀请人员</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
</context>
<context>
    <name>LateFilingCard</name>
    <message>
        <source>It was deleted</source>
        <translation>单位已删除这份填报</translation>
    </message>
    <message>
        <source>Whoever admits these edits deletes the report.</source>
        <translation>如同意采用这些修改，该份填报将被删除。</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>未采用</translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>%n处</numerusform>
        </translation>
    </message>
    <message>
        <source>Admitted</source>
        <translation>已采用</translation>
    </message>
    <message>
        <source>Admit</source>
        <translation>同意采用</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审核</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Hezhang</source>
        <translation>合账</translation>
    </message>
    <message>
        <source>Hezhang · %1</source>
        <translation>合账 · %1</translation>
    </message>
</context>
<context>
    <name>MatrixCell</name>
    <message>
        <source>No task</source>
        <translation>不涉及</translation>
    </message>
</context>
<context>
    <name>MatrixPage</name>
    <message>
        <source>Tasks and units</source>
        <translation>任务与单位一览</translation>
    </message>
    <message>
        <source>Missing list</source>
        <translation>未报送名单</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>未报送</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>已报送</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已认可</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>未采用</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>板块</translation>
    </message>
    <message>
        <source>All sections</source>
        <translation>全部板块</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有符合条件的内容</translation>
    </message>
    <message>
        <source>No reporting window yet</source>
        <translation>还没有报送期</translation>
    </message>
    <message>
        <source>Take a filter away.</source>
        <translation>请减少筛选条件。</translation>
    </message>
    <message>
        <source>Open one under Reporting windows.</source>
        <translation>请先在“报送期”中开启一个。</translation>
    </message>
    <message numerus="yes">
        <source>Not submitted: %n report(s)</source>
        <translation>
            <numerusform>未报送：%n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制名单</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Paragraphs</source>
        <translation>合并段落</translation>
    </message>
    <message>
        <source>Changed after approval</source>
        <translation>认可后有改动</translation>
    </message>
    <message numerus="yes">
        <source>%n contradiction(s)</source>
        <translation>
            <numerusform>%n处矛盾</numerusform>
        </translation>
    </message>
    <message>
        <source>Asks for more time</source>
        <translation>申请延期</translation>
    </message>
    <message>
        <source>Copy a reminder to all</source>
        <translation>复制催报文字（全部单位）</translation>
    </message>
    <message>
        <source>Copy a reminder to %1</source>
        <translation>复制给%1的催报文字</translation>
    </message>
    <message>
        <source>Reminder copied</source>
        <translation>已复制催报文字</translation>
    </message>
    <message>
        <source>Copy a reminder</source>
        <translation>复制催报文字</translation>
    </message>
    <message>
        <source>Below a target</source>
        <translation>未达指标</translation>
    </message>
</context>
<context>
    <name>MessageTable</name>
    <message>
        <source>The program has made a mistake.</source>
        <translation>程序出错了。</translation>
    </message>
    <message>
        <source>Your saved work is safe. Please report what you did.</source>
        <translation>已保存的内容没有丢失。请反馈您刚才的操作。</translation>
    </message>
    <message>
        <source>Something is missing or not in the right form.</source>
        <translation>有内容缺失或格式不对。</translation>
    </message>
    <message>
        <source>Check what you entered.</source>
        <translation>请检查填写的内容。</translation>
    </message>
    <message>
        <source>Several things have this name.</source>
        <translation>有多个同名的对象。</translation>
    </message>
    <message>
        <source>Pick one of them.</source>
        <translation>请选择其中一个。</translation>
    </message>
    <message>
        <source>It is not here.</source>
        <translation>本机没有找到。</translation>
    </message>
    <message>
        <source>Check the name, or sync first.</source>
        <translation>请核对名称，或先同步。</translation>
    </message>
    <message>
        <source>The file is not there.</source>
        <translation>文件不存在。</translation>
    </message>
    <message>
        <source>Check where it is and pick it again.</source>
        <translation>请核对位置后重新选择。</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>文件无法读取。</translation>
    </message>
    <message>
        <source>Check the file and who may read it.</source>
        <translation>请检查文件及其读取权限。</translation>
    </message>
    <message>
        <source>The file is too large.</source>
        <translation>文件太大。</translation>
    </message>
    <message>
        <source>Pick a file of at most 4 MB.</source>
        <translation>请选择不超过4 MB的文件。</translation>
    </message>
    <message>
        <source>The folder cannot be written.</source>
        <translation>文件夹无法写入。</translation>
    </message>
    <message>
        <source>Check the folder, who may write it, and the free space.</source>
        <translation>请检查文件夹、写入权限和剩余空间。</translation>
    </message>
    <message>
        <source>What was entered cannot be used.</source>
        <translation>填写的内容无法使用。</translation>
    </message>
    <message>
        <source>Correct it and try again.</source>
        <translation>请改正后重试。</translation>
    </message>
    <message>
        <source>No tasks were found in the document.</source>
        <translation>文档里没有找到任务。</translation>
    </message>
    <message>
        <source>Pick the document that holds the task table.</source>
        <translation>请选择含有任务表的文档。</translation>
    </message>
    <message>
        <source>This kind of file is not known.</source>
        <translation>不支持这种文件。</translation>
    </message>
    <message>
        <source>Pick a Word, Excel or text file.</source>
        <translation>请选择 Word、Excel 或文本文件。</translation>
    </message>
    <message>
        <source>This county has no such ledger.</source>
        <translation>本县没有这种登记簿。</translation>
    </message>
    <message>
        <source>Sync first, or ask the county office.</source>
        <translation>请先同步，或联系县政务公开办。</translation>
    </message>
    <message>
        <source>This version does not know that field.</source>
        <translation>当前版本不认识这一项。</translation>
    </message>
    <message>
        <source>Install the newest version.</source>
        <translation>请安装最新版本。</translation>
    </message>
    <message>
        <source>The entry is not on this device or was deleted.</source>
        <translation>这条记录不在本机，或已被删除。</translation>
    </message>
    <message>
        <source>Sync first.</source>
        <translation>请先同步。</translation>
    </message>
    <message>
        <source>This unit is not known.</source>
        <translation>没有这个单位。</translation>
    </message>
    <message>
        <source>Check its name, or sync first.</source>
        <translation>请核对名称，或先同步。</translation>
    </message>
    <message>
        <source>The value does not fit this field.</source>
        <translation>内容不符合该项的格式。</translation>
    </message>
    <message>
        <source>Correct it and save again.</source>
        <translation>请改正后重新保存。</translation>
    </message>
    <message>
        <source>You may not change this.</source>
        <translation>您没有修改这一项的权限。</translation>
    </message>
    <message>
        <source>Ask the county office.</source>
        <translation>请联系县政务公开办。</translation>
    </message>
    <message>
        <source>The reporting window is closed.</source>
        <translation>报送期已关闭。</translation>
    </message>
    <message>
        <source>Ask the county office to reopen it.</source>
        <translation>请联系县政务公开办重新开放。</translation>
    </message>
    <message>
        <source>Several people wrote different things here.</source>
        <translation>这一项有几个人填了不同的内容。</translation>
    </message>
    <message>
        <source>Settle the conflict first.</source>
        <translation>请先处理冲突。</translation>
    </message>
    <message>
        <source>It has changed since you looked at it.</source>
        <translation>您查看之后它又有变化。</translation>
    </message>
    <message>
        <source>Look at the present text and decide again.</source>
        <translation>请看现在的内容后再决定。</translation>
    </message>
    <message>
        <source>The data is damaged or not ours.</source>
        <translation>数据已损坏，或不是本系统的数据。</translation>
    </message>
    <message>
        <source>Get it again.</source>
        <translation>请重新获取。</translation>
    </message>
    <message>
        <source>It is too long.</source>
        <translation>内容太长。</translation>
    </message>
    <message>
        <source>Make it shorter or split it.</source>
        <translation>请缩短或拆分。</translation>
    </message>
    <message>
        <source>The data was changed on its way or comes from somebody else.</source>
        <translation>数据在途中被改动，或来自他人。</translation>
    </message>
    <message>
        <source>Do not trust it; tell the county office.</source>
        <translation>请勿采信，并告知县政务公开办。</translation>
    </message>
    <message>
        <source>The other side has another version.</source>
        <translation>双方版本不一致。</translation>
    </message>
    <message>
        <source>This device does not belong to a county yet.</source>
        <translation>本机还没有加入任何县。</translation>
    </message>
    <message>
        <source>Enter the invitation of the county office.</source>
        <translation>请输入县政务公开办给的邀请。</translation>
    </message>
    <message>
        <source>This folder belongs to a county already.</source>
        <translation>这个文件夹已经加入了一个县。</translation>
    </message>
    <message>
        <source>Open it, or pick another folder.</source>
        <translation>请直接打开，或换一个文件夹。</translation>
    </message>
    <message>
        <source>The invitation code is wrong, was used, or has expired.</source>
        <translation>邀请码不对、已用过或已过期。</translation>
    </message>
    <message>
        <source>Ask the county office for a new one.</source>
        <translation>请向县政务公开办要一个新的。</translation>
    </message>
    <message>
        <source>The county office has stopped this device.</source>
        <translation>县政务公开办已停用本机。</translation>
    </message>
    <message>
        <source>Your unsent work is kept. Ask the county office.</source>
        <translation>未上报的内容仍保留。请联系县政务公开办。</translation>
    </message>
    <message>
        <source>The county did not take it.</source>
        <translation>县里没有接收。</translation>
    </message>
    <message>
        <source>It is kept here. Ask the county office.</source>
        <translation>内容保留在本机。请联系县政务公开办。</translation>
    </message>
    <message>
        <source>The county cannot be reached.</source>
        <translation>连不上县里。</translation>
    </message>
    <message>
        <source>Go on working; everything is kept and sent later.</source>
        <translation>请继续工作；内容都已保存，联网后自动上报。</translation>
    </message>
    <message>
        <source>The county does not answer.</source>
        <translation>县里没有应答。</translation>
    </message>
    <message>
        <source>What answered is not the county.</source>
        <translation>应答的不是县里的服务器。</translation>
    </message>
    <message>
        <source>Log in to the network first, or check the address.</source>
        <translation>请先登录网络，或核对地址。</translation>
    </message>
    <message>
        <source>It was stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Start it again when you want.</source>
        <translation>需要时可重新开始。</translation>
    </message>
    <message>
        <source>The county has been restored.</source>
        <translation>县里的数据做过恢复。</translation>
    </message>
    <message>
        <source>Sync again.</source>
        <translation>请再同步一次。</translation>
    </message>
    <message>
        <source>Another program is syncing this folder.</source>
        <translation>另一个程序正在同步这个文件夹。</translation>
    </message>
    <message>
        <source>Wait until it is done.</source>
        <translation>请等它完成。</translation>
    </message>
    <message>
        <source>Another program uses it.</source>
        <translation>另一个程序正在使用。</translation>
    </message>
    <message>
        <source>Close that program first.</source>
        <translation>请先关闭那个程序。</translation>
    </message>
    <message>
        <source>It is busy at this moment.</source>
        <translation>现在正忙。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>Make space and do it again. What was saved stays.</source>
        <translation>请腾出空间后重做。已保存的内容不受影响。</translation>
    </message>
    <message>
        <source>The data of this device is damaged.</source>
        <translation>本机数据已损坏。</translation>
    </message>
    <message>
        <source>Stop writing and ask the county office; it can be restored.</source>
        <translation>请停止填写并联系县政务公开办，数据可以恢复。</translation>
    </message>
    <message>
        <source>The disk does not work as it should.</source>
        <translation>磁盘工作不正常。</translation>
    </message>
    <message>
        <source>Check the disk. What was saved stays.</source>
        <translation>请检查磁盘。已保存的内容不受影响。</translation>
    </message>
    <message>
        <source>The author has no right to change this, or none any more.</source>
        <translation>填写人没有或已不再有修改这一项的权限。</translation>
    </message>
    <message>
        <source>Ask the county office to adopt or drop it.</source>
        <translation>请联系县政务公开办，由其采用或作废。</translation>
    </message>
    <message>
        <source>It arrived after the reporting window was closed.</source>
        <translation>到达县里时报送期已关闭。</translation>
    </message>
    <message>
        <source>Ask the county office to take it in late.</source>
        <translation>可请县政务公开办补收。</translation>
    </message>
    <message>
        <source>The year&apos;s ledger is sealed.</source>
        <translation>该年度台账已封账。</translation>
    </message>
    <message>
        <source>Ask the county office for a correction.</source>
        <translation>可请县政务公开办按更正处理。</translation>
    </message>
    <message>
        <source>The device or person was stopped.</source>
        <translation>设备或人员已停用。</translation>
    </message>
    <message>
        <source>The county office decides whether it is adopted.</source>
        <translation>由县政务公开办决定是否采用。</translation>
    </message>
    <message>
        <source>The county does not have the entry it belongs to.</source>
        <translation>所属的记录县里没有。</translation>
    </message>
    <message>
        <source>The county does not have what the author saw.</source>
        <translation>填写时看到的内容县里没有。</translation>
    </message>
    <message>
        <source>The county office checks and adopts it.</source>
        <translation>由县政务公开办核对后采用。</translation>
    </message>
    <message>
        <source>The content does not fit the field.</source>
        <translation>内容不符合该项的格式。</translation>
    </message>
    <message>
        <source>Correct it and save it again.</source>
        <translation>请改正后重新保存。</translation>
    </message>
    <message>
        <source>Too many different values stand side by side.</source>
        <translation>该项的并存值已达上限。</translation>
    </message>
    <message>
        <source>Too many invitations are open.</source>
        <translation>未使用的邀请太多。</translation>
    </message>
    <message>
        <source>Wait until some are used or have expired.</source>
        <translation>请等一部分用过或过期后再邀请。</translation>
    </message>
    <message>
        <source>A device cannot stop itself.</source>
        <translation>不能停用正在使用的这台设备。</translation>
    </message>
    <message>
        <source>Use another device of the county office.</source>
        <translation>请用县政务公开办的另一台设备操作。</translation>
    </message>
    <message>
        <source>The file is of another county.</source>
        <translation>这个文件属于别的县。</translation>
    </message>
    <message>
        <source>Take it to the county it is for.</source>
        <translation>请送到它所属的县。</translation>
    </message>
    <message>
        <source>The file is for another device.</source>
        <translation>这个文件是给另一台设备的。</translation>
    </message>
    <message>
        <source>Take it to the device it is for.</source>
        <translation>请在它所属的设备上导入。</translation>
    </message>
    <message>
        <source>The file no longer fits this device.</source>
        <translation>这个文件与本机现在的进度已对不上。</translation>
    </message>
    <message>
        <source>Write a new file for the county. Nothing is lost.</source>
        <translation>请重新导出一份送到县里。内容没有丢失。</translation>
    </message>
    <message>
        <source>This needs the network and is not sent later. Try again when there is one.</source>
        <translation>这一步要联网办理，不会留待以后发送。请有网络时再试。</translation>
    </message>
    <message>
        <source>It may have arrived. Try again: it is done only once.</source>
        <translation>可能已经办成。请再试一次，不会重复办理。</translation>
    </message>
    <message>
        <source>Look at the list again.</source>
        <translation>请重新查看名单。</translation>
    </message>
    <message>
        <source>The county&apos;s program is older than this one.</source>
        <translation>县里的程序版本比本机旧。</translation>
    </message>
    <message>
        <source>It has to be brought up to date first.</source>
        <translation>请先升级县里的程序。</translation>
    </message>
    <message>
        <source>The unit has a person of this name already.</source>
        <translation>该单位已有同名人员。</translation>
    </message>
    <message>
        <source>Pick the person from the list, or enter the name with something that tells them apart.</source>
        <translation>请在人员列表中选择；如果是另一个人，请在姓名后加以区分。</translation>
    </message>
    <message>
        <source>This invitation was used, has expired or was withdrawn.</source>
        <translation>这份邀请已使用、已过期或已撤回。</translation>
    </message>
    <message>
        <source>Make it once more for a new code.</source>
        <translation>请再生成一次，会有新的邀请码。</translation>
    </message>
    <message>
        <source>The county does not have it any more.</source>
        <translation>县里已经没有这一项。</translation>
    </message>
    <message>
        <source>There is work here that the county does not have yet.</source>
        <translation>本机还有县里没有收到的内容。</translation>
    </message>
    <message>
        <source>This part of the history is not on this device yet.</source>
        <translation>这部分历史还不在本机上。</translation>
    </message>
    <message>
        <source>It comes with the next syncs.</source>
        <translation>会随后面的同步取回。</translation>
    </message>
    <message>
        <source>The county office has stopped this device and had it emptied.</source>
        <translation>县政务公开办已停用并清空本机。</translation>
    </message>
    <message>
        <source>What had not been sent was handed in first. To work here again, ask the county office for a new invitation.</source>
        <translation>清空前，没有上报的内容已经交到县里。要在本机继续工作，请向县政务公开办索取新的邀请。</translation>
    </message>
</context>
<context>
    <name>MonthPopup</name>
    <message>
        <source>Previous month</source>
        <translation>上个月</translation>
    </message>
    <message>
        <source>Next month</source>
        <translation>下个月</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy年M月</translation>
    </message>
</context>
<context>
    <name>MorePage</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>NavItem</name>
    <message numerus="yes">
        <source>%1, %n waiting</source>
        <translation>
            <numerusform>%1，%n 项待办</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NavRail</name>
    <message>
        <source>Places</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>NoticePage</name>
    <message>
        <source>Your text was not taken</source>
        <translation>您的内容未被选用</translation>
    </message>
    <message>
        <source>This notice is not here any more</source>
        <translation>这条告知已不在了</translation>
    </message>
    <message>
        <source>Several people wrote different things here. Somebody decided for another text. Yours is kept in the history.</source>
        <translation>这里几个人填得不一样，现已选用另一种写法。您的内容仍保留在填写经过里。</translation>
    </message>
    <message>
        <source>Written by you</source>
        <translation>您填的</translation>
    </message>
    <message>
        <source>Taken instead</source>
        <translation>选用的</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>History, and restore</source>
        <translation>填写经过（可恢复）</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>not filled in</source>
        <translation>未填写</translation>
    </message>
</context>
<context>
    <name>ObjectionPage</name>
    <message>
        <source>Objection</source>
        <translation>申辩</translation>
    </message>
    <message>
        <source>Save on this device</source>
        <translation>保存到本机</translation>
    </message>
    <message>
        <source>Your draft is back</source>
        <translation>草稿已找回</translation>
    </message>
    <message>
        <source>It was not saved when the form was left.</source>
        <translation>上次离开时尚未保存。</translation>
    </message>
    <message>
        <source>Discard draft</source>
        <translation>放弃草稿</translation>
    </message>
    <message>
        <source>%1 wrote meanwhile:</source>
        <translation>%1 在此期间写道：</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>我已阅读</translation>
    </message>
    <message>
        <source>Why we see it differently</source>
        <translation>申辩理由</translation>
    </message>
    <message>
        <source>The checker and the county office read it.</source>
        <translation>检查人员和县政务公开办均可看到。</translation>
    </message>
</context>
<context>
    <name>OfficePage</name>
    <message>
        <source>County office</source>
        <translation>县政务公开办</translation>
    </message>
    <message>
        <source>Tasks and units</source>
        <translation>任务与单位一览</translation>
    </message>
    <message>
        <source>Who has reported what, who is missing; review of each report</source>
        <translation>各单位报送情况、未报送名单，逐项审核</translation>
    </message>
    <message>
        <source>Reporting windows</source>
        <translation>报送期</translation>
    </message>
    <message>
        <source>Open, close, extend</source>
        <translation>开启、关闭、延期</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>未采用</translation>
    </message>
    <message>
        <source>What the county did not apply, to be admitted with a reason</source>
        <translation>县里未采用的内容，可说明理由后采用</translation>
    </message>
    <message>
        <source>Import a ledger</source>
        <translation>导入台账</translation>
    </message>
    <message>
        <source>From a Word, Excel or text file; checked before anything is made</source>
        <translation>从 Word、Excel 或文本文件导入，核对后再生成</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Invite people, see who has which device, stop a lost one</source>
        <translation>邀请人员，查看各单位设备，停用丢失的设备</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Consolidated ledger, filing forms and circulars for Word and Excel</source>
        <translation>合并台账、填报版和通报，供 Word 和 Excel 使用</translation>
    </message>
    <message>
        <source>Tasks of last year</source>
        <translation>上年任务</translation>
    </message>
    <message>
        <source>Which task goes on with which; last year&apos;s paragraph stands beside the new one</source>
        <translation>今年的任务承接上年哪一项；上年的段落列在旁边</translation>
    </message>
    <message>
        <source>A form that a unit has filled in</source>
        <translation>单位填好的填报表</translation>
    </message>
    <message>
        <source>Laid beside what the unit has reported</source>
        <translation>与该单位已填报的内容对照</translation>
    </message>
    <message>
        <source>Days off</source>
        <translation>放假安排</translation>
    </message>
    <message>
        <source>Which years are announced, and the next notice from a file</source>
        <translation>哪些年度已公布；从文件载入新的通知</translation>
    </message>
    <message>
        <source>Units and contacts</source>
        <translation>单位和联系人</translation>
    </message>
    <message>
        <source>Whom to call, and what the units&apos; forms print</source>
        <translation>各单位联系谁，填报表上印什么</translation>
    </message>
    <message>
        <source>Check a printed form</source>
        <translation>核对纸质表</translation>
    </message>
    <message>
        <source>Which report a paper is, by the code at its foot</source>
        <translation>凭表尾的验证码，查明是哪份填报</translation>
    </message>
</context>
<context>
    <name>OwnEditsPart</name>
    <message>
        <source>It is safe on this device and is sent as soon as the county can be reached.</source>
        <translation>已存在本机，连上县里就会送去。</translation>
    </message>
    <message>
        <source>The county has it; its answer comes with the next sync.</source>
        <translation>县里已收到，下次同步时有答复。</translation>
    </message>
    <message>
        <source>What I wrote</source>
        <translation>我填的</translation>
    </message>
    <message>
        <source>Not at the county yet</source>
        <translation>还没到县里</translation>
    </message>
    <message>
        <source>Not adopted</source>
        <translation>未采用</translation>
    </message>
    <message>
        <source>Nothing here.</source>
        <translation>没有内容。</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>ParagraphFilingCard</name>
    <message>
        <source>Nothing written yet.</source>
        <translation>尚未填写。</translation>
    </message>
    <message>
        <source>Not submitted: not in the paragraph.</source>
        <translation>未报送，没有合入。</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审核</translation>
    </message>
</context>
<context>
    <name>ParagraphListPage</name>
    <message>
        <source>Paragraphs</source>
        <translation>合并段落</translation>
    </message>
    <message numerus="yes">
        <source>%n paragraph(s) to be decided</source>
        <translation>
            <numerusform>%n 段待认定</numerusform>
        </translation>
    </message>
    <message>
        <source>A unit has changed a sentence that the office had edited.</source>
        <translation>有单位更正了县政务公开办改过的句子。</translation>
    </message>
    <message numerus="yes">
        <source>%n unit(s)</source>
        <translation>
            <numerusform>%n 个单位</numerusform>
        </translation>
    </message>
    <message>
        <source>No tasks</source>
        <translation>没有任务</translation>
    </message>
</context>
<context>
    <name>ParagraphPage</name>
    <message>
        <source>Paragraph</source>
        <translation>合并段落</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>As the units wrote it</source>
        <translation>恢复各单位原文</translation>
    </message>
    <message>
        <source>Discard draft</source>
        <translation>放弃草稿</translation>
    </message>
    <message>
        <source>Saved on this device</source>
        <translation>已存本机</translation>
    </message>
    <message>
        <source>Not all reports are on this device</source>
        <translation>本机没有全部填报</translation>
    </message>
    <message>
        <source>Only the office holds the reports of all units.</source>
        <translation>只有县政务公开办的设备保存各单位的全部填报。</translation>
    </message>
    <message>
        <source>Your draft is back</source>
        <translation>草稿已找回</translation>
    </message>
    <message>
        <source>It was not saved when the form was left.</source>
        <translation>上次离开时尚未保存。</translation>
    </message>
    <message>
        <source>What is shown has changed since you began</source>
        <translation>您动笔之后，显示的内容有了变化</translation>
    </message>
    <message>
        <source>What you save is put together with it. Yours is kept until you take what is shown.</source>
        <translation>保存时会与新内容自动合并。在您改用新内容之前，您写的一直保留。</translation>
    </message>
    <message>
        <source>Take what is shown</source>
        <translation>改用新内容</translation>
    </message>
    <message>
        <source>Number done: %1</source>
        <translation>完成数量：%1</translation>
    </message>
    <message>
        <source>A unit has changed a sentence that the office had edited. The office&apos;s text stands until you save; the units&apos; texts give now:</source>
        <translation>有单位更正了县政务公开办改过的句子。在您保存之前以县政务公开办的文字为准；各单位的文字现在合成为：</translation>
    </message>
    <message>
        <source>The office&apos;s text</source>
        <translation>县政务公开办的文字</translation>
    </message>
    <message>
        <source>Goes into the consolidated ledger. A unit&apos;s later correction is put into it by itself.</source>
        <translation>写入汇总台账。单位之后的更正会自动合入，不会丢掉您的修改。</translation>
    </message>
    <message>
        <source>Whose sentences these are</source>
        <translation>每句的来源</translation>
    </message>
    <message>
        <source>What the units report</source>
        <translation>各单位填报</translation>
    </message>
    <message>
        <source>Nothing was reported yet.</source>
        <translation>还没有单位填报。</translation>
    </message>
    <message>
        <source>Take the units&apos; texts again?</source>
        <translation>恢复各单位原文？</translation>
    </message>
    <message>
        <source>The office&apos;s text goes out of the paragraph; it stays in the history.</source>
        <translation>县政务公开办的文字将从合并段落中撤下，历史里仍可查到。</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>ParagraphSentence</name>
    <message>
        <source>The office</source>
        <translation>县政务公开办</translation>
    </message>
</context>
<context>
    <name>PlaceList</name>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>待定</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Unsent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>县政务公开办</translation>
    </message>
</context>
<context>
    <name>PlacePage</name>
    <message>
        <source>by %1</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>Second look due</source>
        <translation>应复查</translation>
    </message>
    <message>
        <source>Objection</source>
        <translation>申辩</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>The unit reports</source>
        <translation>单位填报</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>尚未填报</translation>
    </message>
    <message>
        <source>Found here</source>
        <translation>此处发现</translation>
    </message>
    <message>
        <source>The unit objects</source>
        <translation>单位申辩</translation>
    </message>
    <message>
        <source>Second look</source>
        <translation>复查</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>No tasks at this place</source>
        <translation>此处没有任务</translation>
    </message>
    <message>
        <source>Its unit has no task in the ledger.</source>
        <translation>该单位在台账中没有任务。</translation>
    </message>
</context>
<context>
    <name>PreviousReportCard</name>
    <message>
        <source>Last time: %1</source>
        <translation>上期：%1</translation>
    </message>
</context>
<context>
    <name>PrintedCellPage</name>
    <message>
        <source>Where it comes from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Nothing is printed here.</source>
        <translation>此格没有内容。</translation>
    </message>
    <message>
        <source>The office</source>
        <translation>县政务公开办</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>来源条目</translation>
    </message>
</context>
<context>
    <name>PrintedCodePage</name>
    <message>
        <source>Check a printed form</source>
        <translation>核对纸质表</translation>
    </message>
    <message>
        <source>A form ends with a square and 64 digits: the fingerprint of what is printed above them. Whoever has the reports can check a paper by it, without a network.</source>
        <translation>表尾印有一个方块码和 64 位验证码，由上面印的全部内容算出。有填报内容的人都可凭它核对纸质表，不需要网络。</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>验证码</translation>
    </message>
    <message>
        <source>What the square says, or the digits beside it; blanks and line ends do not matter</source>
        <translation>方块码的内容，或旁边的数字；空格和换行不影响</translation>
    </message>
    <message>
        <source>Unit on the paper</source>
        <translation>表上的单位</translation>
    </message>
    <message>
        <source>Where it is known, its earlier texts are looked at, too</source>
        <translation>知道时请选择，会一并查找该单位以前的填报</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>Printing what is here and comparing</source>
        <translation>正在逐份比对本机的内容</translation>
    </message>
    <message>
        <source>Nothing on this device has this code</source>
        <translation>本机没有与此验证码相符的内容</translation>
    </message>
    <message>
        <source>That alone does not show the paper to be false. It may be one of these:</source>
        <translation>这并不等于纸质表是假的，可能的原因：</translation>
    </message>
    <message>
        <source>A form with this code is here</source>
        <translation>本机有与此验证码相符的表</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>已找到</translation>
    </message>
    <message>
        <source>The paper is this one if its printed words are those of the form here: compare them. The code says nothing of what was written or stamped on it by hand.</source>
        <translation>请再与本机的表对照：印的文字相同，才是这份表。验证码不包括手写和盖章的内容。</translation>
    </message>
    <message>
        <source>Read a photo of the square…</source>
        <translation>从照片读取…</translation>
    </message>
    <message>
        <source>A photo of the square</source>
        <translation>方块码的照片</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.bmp *.webp)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.bmp *.webp)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>PrintedSourceCard</name>
    <message>
        <source>Approved by</source>
        <translation>认可</translation>
    </message>
    <message>
        <source>Not approved as it stands.</source>
        <translation>现有内容没有认可。</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>History</source>
        <translation>填写经过</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>ReadingError</name>
    <message>
        <source>Open it in WPS or Office and save it anew as .docx or .xlsx.</source>
        <translation>请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx。</translation>
    </message>
    <message>
        <source>This is a file of an old Office or of WPS, or it has a password.</source>
        <translation>这是旧版 Office 或 WPS 的文件，或者设了密码。</translation>
    </message>
    <message>
        <source>Open it in WPS or Office and save it anew, without a password, as %1.</source>
        <translation>请用 WPS 或 Office 打开，去掉密码，另存为 %1。</translation>
    </message>
    <message>
        <source>This is an RTF file.</source>
        <translation>这是 RTF 文件。</translation>
    </message>
    <message>
        <source>This is an XML file of an old Office.</source>
        <translation>这是旧版 Office 的 XML 文件。</translation>
    </message>
    <message>
        <source>This is an OpenDocument file.</source>
        <translation>这是 OpenDocument 文件。</translation>
    </message>
    <message>
        <source>This is a web archive.</source>
        <translation>这是单个文件网页（网页存档）。</translation>
    </message>
    <message>
        <source>This is an OFD file: a fixed page.</source>
        <translation>这是 OFD 版式文件。</translation>
    </message>
    <message>
        <source>Ask for the .docx or .xlsx it was made from.</source>
        <translation>请索取原来的 .docx 或 .xlsx 文件。</translation>
    </message>
    <message>
        <source>This is an archive of files.</source>
        <translation>这是压缩包。</translation>
    </message>
    <message>
        <source>Unpack it and choose the document in it.</source>
        <translation>请先解压，再选择其中的文件。</translation>
    </message>
    <message>
        <source>This is a picture: it holds no text.</source>
        <translation>这是图片，里面没有文字。</translation>
    </message>
    <message>
        <source>Ask for the document itself.</source>
        <translation>请索取文件本身。</translation>
    </message>
    <message>
        <source>The document is larger than %1 MB.</source>
        <translation>文件超过 %1 MB。</translation>
    </message>
    <message>
        <source>Take pictures and other parts out of it and save it anew.</source>
        <translation>请删去其中的图片等内容后另存。</translation>
    </message>
    <message>
        <source>A table of the document has more than %1 rows: nothing was read.</source>
        <translation>文件中有表格超过 %1 行，没有读入。</translation>
    </message>
    <message>
        <source>The tables of the document hold more than %1 characters, empty and merged cells counted too: nothing was read.</source>
        <translation>文件中的表格超过 %1 字（空格子和合并的格子也计入），没有读入。</translation>
    </message>
    <message>
        <source>A cell of the workbook has more than %1 characters, which no sheet of Excel has.</source>
        <translation>工作簿有一格超过 %1 字，Excel 不会有这样的表格。</translation>
    </message>
    <message>
        <source>Keep the rows with the tasks and save it anew.</source>
        <translation>请只保留有任务的行后另存。</translation>
    </message>
    <message>
        <source>Correct the file and choose it again.</source>
        <translation>请改正文件后重新选择。</translation>
    </message>
    <message>
        <source>this is no JSON text</source>
        <translation>不是 JSON 文本</translation>
    </message>
    <message>
        <source>a number is out of range</source>
        <translation>数字超出范围</translation>
    </message>
    <message>
        <source>“%1” stands there twice</source>
        <translation>“%1”出现两次</translation>
    </message>
    <message>
        <source>“%1” is nothing a notice has</source>
        <translation>通知中没有“%1”这一项</translation>
    </message>
    <message>
        <source>it is missing</source>
        <translation>缺这一项</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>内容为空</translation>
    </message>
    <message>
        <source>something else is expected here</source>
        <translation>内容的形式不对</translation>
    </message>
    <message>
        <source>it is below %1</source>
        <translation>小于%1</translation>
    </message>
    <message>
        <source>it is above %1</source>
        <translation>大于%1</translation>
    </message>
    <message>
        <source>it is longer than %1 characters</source>
        <translation>超过%1字</translation>
    </message>
    <message>
        <source>more than %1 days off in a row</source>
        <translation>连续放假超过%1天</translation>
    </message>
    <message>
        <source>it has more than %1 entries</source>
        <translation>超过%1条</translation>
    </message>
    <message>
        <source>“%1” is no day; one is written 2026-01-31</source>
        <translation>“%1”不是日期，日期写作 2026-01-31</translation>
    </message>
    <message>
        <source>%1 is no day of the year %2</source>
        <translation>%1不属于%2年的安排</translation>
    </message>
    <message>
        <source>%1 stands there twice</source>
        <translation>%1出现两次</translation>
    </message>
    <message>
        <source>%1 is a day off and a working day at once</source>
        <translation>%1既放假又上班</translation>
    </message>
    <message>
        <source>the notice names no day</source>
        <translation>通知中没有日期</translation>
    </message>
    <message>
        <source>it ends before it begins</source>
        <translation>结束早于开始</translation>
    </message>
    <message>
        <source>%1 is no Saturday or Sunday: it is worked anyway</source>
        <translation>%1不是周六或周日，本来就上班</translation>
    </message>
    <message>
        <source>it is of another year or region</source>
        <translation>年度或地区与记录不符</translation>
    </message>
    <message>
        <source>The file is too large for a notice on days off.</source>
        <translation>文件太大，不是放假安排的通知。</translation>
    </message>
    <message>
        <source>Choose the JSON file with the notice.</source>
        <translation>请选择放假安排的 JSON 文件。</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>第%1行</translation>
    </message>
    <message>
        <source>In the file %1.</source>
        <translation>文件中%1。</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <comment>a place in a file</comment>
        <translation>%1：%2。</translation>
    </message>
</context>
<context>
    <name>ReceiptsPart</name>
    <message>
        <source>Receipts</source>
        <translation>回执</translation>
    </message>
    <message>
        <source>Check a file</source>
        <translation>验证回执文件</translation>
    </message>
    <message>
        <source>A receipt is the county&apos;s signed word that this report was there, in this version, at this time. Anybody can check it, without a network.</source>
        <translation>回执由县里签名，证明这份填报在什么时间、以什么内容已经收到。不用联网，谁都可以验证。</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>Not valid</source>
        <translation>无效</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Your unit has reported nothing yet.</source>
        <translation>本单位还没有填报。</translation>
    </message>
    <message>
        <source>Not yet answered by the county.</source>
        <translation>县里还没有答复。</translation>
    </message>
    <message>
        <source>Show the receipt</source>
        <translation>查看回执</translation>
    </message>
    <message>
        <source>Save as a file</source>
        <translation>存为文件</translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation>保存回执</translation>
    </message>
    <message>
        <source>Receipts (*.hzr)</source>
        <translation>回执 (*.hzr)</translation>
    </message>
    <message>
        <source>Check a receipt</source>
        <translation>验证回执</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Check a printed form</source>
        <translation>核对纸质表</translation>
    </message>
</context>
<context>
    <name>ReturnDialog</name>
    <message>
        <source>Return to %1</source>
        <translation>退回%1</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Reason; the unit reads it</source>
        <translation>退回原因（单位可见）</translation>
    </message>
</context>
<context>
    <name>ReturnedFormPage</name>
    <message>
        <source>A form that was filled in</source>
        <translation>填好的填报表</translation>
    </message>
    <message>
        <source>Another file</source>
        <translation>换一个文件</translation>
    </message>
    <message>
        <source>Enter and hand in</source>
        <translation>填入并报送</translation>
    </message>
    <message>
        <source>Enter only</source>
        <translation>只填入</translation>
    </message>
    <message numerus="yes">
        <source>%n report(s) will be entered</source>
        <translation>
            <numerusform>将填入 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose the form that was filled in</source>
        <translation>选择填好的填报表</translation>
    </message>
    <message>
        <source>Word (.docx), Excel (.xlsx) or PDF. Each row is shown beside what the report says now; nothing is entered before you have seen it.</source>
        <translation>Word（.docx）、Excel（.xlsx）或 PDF。每一行都与现有填报对照显示；在您看过之前不会写入任何内容。</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>The form says it is of %1</source>
        <translation>表上写的填报单位是%1</translation>
    </message>
    <message>
        <source>Please look whether it is the right file.</source>
        <translation>请核对文件是否选对。</translation>
    </message>
    <message>
        <source>Only people of the unit enter its reports</source>
        <translation>只有本单位的人能填入</translation>
    </message>
    <message>
        <source>Here you see what the form would change. Send it to the unit, which opens it on this page and hands it in.</source>
        <translation>这里可以看到这份表会改动什么。请把表发给该单位，由其在本页打开并报送。</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Reporting window</source>
        <translation>报送期</translation>
    </message>
    <message>
        <source>What the form changes</source>
        <translation>这份表改动的内容</translation>
    </message>
    <message>
        <source>Take all</source>
        <translation>全部采用</translation>
    </message>
    <message>
        <source>Take none</source>
        <translation>全部不采用</translation>
    </message>
    <message>
        <source>Nothing: every row says what the report says already.</source>
        <translation>没有改动：每一行都与现有填报相同。</translation>
    </message>
    <message>
        <source>Enter this text</source>
        <translation>填入这段内容</translation>
    </message>
    <message>
        <source>Line %1 of the form</source>
        <translation>表中第 %1 行</translation>
    </message>
    <message>
        <source>Not matched, not entered</source>
        <translation>没有对应的任务，不填入</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>Besides</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>As reported already</source>
        <translation>与现有填报相同</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Tasks that the form lacks</source>
        <translation>表中没有的任务</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Forms (*.docx *.xlsx *.pdf *.html *.htm *.csv)</source>
        <translation>填报表 (*.docx *.xlsx *.pdf *.html *.htm *.csv)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>认可</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Approved; saved on this device</source>
        <translation>已认可，已存本机</translation>
    </message>
    <message>
        <source>Returned; saved on this device</source>
        <translation>已退回，已存本机</translation>
    </message>
    <message>
        <source>Saved on this device</source>
        <translation>已存本机</translation>
    </message>
    <message>
        <source>Returned, not submitted again yet</source>
        <translation>已退回，尚未重新报送</translation>
    </message>
    <message>
        <source>Somebody else has changed this meanwhile</source>
        <translation>其他人刚刚改过这里</translation>
    </message>
    <message>
        <source>Yours is kept until you take theirs.</source>
        <translation>您填写的内容仍保留，除非改用对方的。</translation>
    </message>
    <message>
        <source>Show theirs</source>
        <translation>改用对方的</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>完成时限</translation>
    </message>
    <message>
        <source>What the unit reports</source>
        <translation>单位填报</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 份材料</numerusform>
        </translation>
    </message>
    <message>
        <source>Number done: %1</source>
        <translation>完成数量：%1</translation>
    </message>
    <message>
        <source>Nothing written yet.</source>
        <translation>尚未填写。</translation>
    </message>
    <message>
        <source>What the office verifies</source>
        <translation>核验</translation>
    </message>
    <message>
        <source>Verified status</source>
        <translation>核验状态</translation>
    </message>
    <message>
        <source>Verification note</source>
        <translation>核验意见</translation>
    </message>
    <message>
        <source>Decided status of the task</source>
        <translation>任务认定状态</translation>
    </message>
    <message>
        <source>Counts for the task as a whole, for all its units</source>
        <translation>对整项任务、全部责任单位有效</translation>
    </message>
    <message>
        <source>Discard draft</source>
        <translation>放弃草稿</translation>
    </message>
    <message>
        <source>Your draft is back</source>
        <translation>草稿已找回</translation>
    </message>
    <message>
        <source>It was not saved when the form was left.</source>
        <translation>上次离开时尚未保存。</translation>
    </message>
    <message>
        <source>%1 of %2 files here</source>
        <translation>共 %2 个附件，本机有 %1 个</translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) since it was approved</source>
        <translation>
            <numerusform>认可后又改动%n处</numerusform>
        </translation>
    </message>
    <message>
        <source>What the office approved is another version than what stands.</source>
        <translation>县政务公开办认可的不是现在这个版本。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>填写经过</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>One character is enough</source>
        <translation>输入一个字即可搜索</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>已逾期</translation>
    </message>
    <message>
        <source>Due soon</source>
        <translation>即将到期</translation>
    </message>
    <message>
        <source>Unit …</source>
        <translation>单位…</translation>
    </message>
    <message>
        <source>Section …</source>
        <translation>分类…</translation>
    </message>
    <message>
        <source>Searched before:</source>
        <translation>最近搜索：</translation>
    </message>
    <message>
        <source>What are you looking for?</source>
        <translation>想找什么？</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Every text on this device is searched: tasks, reports, checks, names. No network is needed.</source>
        <translation>可搜索本机上的全部文字：任务、填报、检查、名称，无需联网。</translation>
    </message>
    <message>
        <source>The filters may hide it.</source>
        <translation>可能被筛选条件隐藏了。</translation>
    </message>
    <message>
        <source>It may not have arrived on this device yet.</source>
        <translation>也可能尚未同步到本机。</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Of which unit</source>
        <translation>按单位筛选</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Of which section</source>
        <translation>按分类筛选</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>%1: </source>
        <comment>name of a field</comment>
        <translation>%1：</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Large text</source>
        <translation>大字显示</translation>
    </message>
    <message>
        <source>Everything is written larger, and there is more room around it.</source>
        <translation>文字更大，间距更宽。</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>深色显示</translation>
    </message>
    <message>
        <source>Easier on the eyes in the evening.</source>
        <translation>晚间使用更护眼。</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Hezhang %1</source>
        <translation>合账 %1</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Apache 2.0, free software</source>
        <translation>Apache 2.0，自由软件</translation>
    </message>
    <message>
        <source>County</source>
        <translation>县区</translation>
    </message>
    <message>
        <source>Key of the county</source>
        <translation>县级密钥指纹</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>Folder with our data</source>
        <translation>数据所在文件夹</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Skeleton</name>
    <message>
        <source>Loading</source>
        <translation>读取中</translation>
    </message>
</context>
<context>
    <name>SnapshotPart</name>
    <message>
        <source>Snapshot</source>
        <translation>封存件</translation>
    </message>
    <message>
        <source>Which report stood in which version, who was missing, and by which entries of the county&apos;s log that can be shown. Its digest stands in the log, signed.</source>
        <translation>哪份填报是哪个版本、谁缺报，以及凭县里日志的哪几条可以证明。封存件的摘要已签名记入日志。</translation>
    </message>
    <message>
        <source>Freeze it now</source>
        <translation>按现状封存</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>已封存</translation>
    </message>
    <message>
        <source>%1 of %2 reports complete, %3 missing</source>
        <translation>应报%2份，完整%1份，缺%3份</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>Save as a file</source>
        <translation>存为文件</translation>
    </message>
    <message>
        <source>Verify a file</source>
        <translation>核对文件</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>Not valid</source>
        <translation>无效</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Save the snapshot</source>
        <translation>保存封存件</translation>
    </message>
    <message>
        <source>Snapshots (*.json)</source>
        <translation>封存件（*.json）</translation>
    </message>
    <message>
        <source>Verify a snapshot</source>
        <translation>核对封存件</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>On this device</source>
        <translation>已存本机</translation>
    </message>
    <message>
        <source>Received by county</source>
        <translation>县里已收到</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>已采用</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>未采用</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>有冲突</translation>
    </message>
    <message>
        <source>Merged by machine</source>
        <translation>自动合并</translation>
    </message>
    <message>
        <source>Overruled</source>
        <translation>以上级为准</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>推进中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Ongoing</source>
        <translation>长期坚持</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>受阻</translation>
    </message>
    <message>
        <source>Not reported</source>
        <translation>未填报</translation>
    </message>
    <message>
        <source>Not submitted</source>
        <translation>未报送</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>已报送</translation>
    </message>
    <message>
        <source>Changed since</source>
        <translation>报送后有改动</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>被退回</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已审核</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>逾期报送</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>已逾期</translation>
    </message>
    <message>
        <source>Due soon</source>
        <translation>临近到期</translation>
    </message>
    <message>
        <source>On time</source>
        <translation>未到期</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>N/A</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>To be rectified</source>
        <translation>待整改</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已销号</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Syncing</source>
        <translation>正在同步</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>已同步</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Sync failed</source>
        <translation>没有同步成</translation>
    </message>
    <message>
        <source>From the units&apos; texts</source>
        <translation>由各单位填报合成</translation>
    </message>
    <message>
        <source>Edited by the office</source>
        <translation>县政务公开办已修改</translation>
    </message>
    <message>
        <source>To be decided</source>
        <translation>待认定</translation>
    </message>
    <message>
        <source>Changed after approval</source>
        <translation>认可后有改动</translation>
    </message>
    <message>
        <source>Done, and not done</source>
        <translation>完成情况不一致</translation>
    </message>
    <message>
        <source>Figure fell</source>
        <translation>数字比上期少</translation>
    </message>
    <message>
        <source>Percentage against status</source>
        <translation>比例与状态不符</translation>
    </message>
    <message>
        <source>One event, several units</source>
        <translation>几个单位报同一件事</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>尚不明确</translation>
    </message>
    <message>
        <source>Goes on</source>
        <translation>已承接</translation>
    </message>
    <message>
        <source>Surely the same</source>
        <translation>可直接承接</translation>
    </message>
    <message>
        <source>To be picked</source>
        <translation>请人工选定</translation>
    </message>
    <message>
        <source>Nothing alike</source>
        <translation>未找到相近的</translation>
    </message>
    <message>
        <source>New this year</source>
        <translation>本年新增</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>尚未</translation>
    </message>
    <message>
        <source>Reported done, below a target</source>
        <translation>报已完成，未达指标</translation>
    </message>
</context>
<context>
    <name>StopDeviceDialog</name>
    <message>
        <source>The next time it reaches the county it first hands in what it has not sent; then all that it holds of the county is erased. Only what was typed and not saved is lost.</source>
        <translation>设备下次连上县里时，先把未上报的内容交上来，然后清除设备上本县的全部内容。只有录入后没有保存的内容会丢失。</translation>
    </message>
    <message>
        <source>Empty the device of %1?</source>
        <translation>清空%1的设备？</translation>
    </message>
    <message>
        <source>Stop the device of %1?</source>
        <translation>停用%1的设备？</translation>
    </message>
    <message>
        <source>It gets nothing more from the county. What it still sends is kept and set aside, and invitations that it made end. This cannot be taken back: to work again the person needs a new invitation.</source>
        <translation>停用后，这台设备不再收到县里的内容；它再上报的内容会保留，但不采用；由它发出、尚未使用的邀请同时作废。停用不能撤销，要继续使用须重新邀请。</translation>
    </message>
    <message>
        <source>Empty the device</source>
        <translation>清空设备</translation>
    </message>
    <message>
        <source>Stop and empty</source>
        <translation>停用并清空</translation>
    </message>
    <message>
        <source>Stop the device</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Also empty the device</source>
        <translation>同时清空设备</translation>
    </message>
    <message>
        <source>joined %1</source>
        <translation>%1加入</translation>
    </message>
</context>
<context>
    <name>SyncIndicator</name>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>%n 条未送出</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>%n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>County last reached: %1</source>
        <translation>上次连上县里：%1</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Syncing</source>
        <translation>正在同步</translation>
    </message>
    <message>
        <source>Times written on this device are off by as much. Please set its clock. Nothing is decided by it.</source>
        <translation>本机记下的时间会差这么多，请校准时钟。谁先谁后不以它为准。</translation>
    </message>
    <message>
        <source>This folder was copied or restored</source>
        <translation>这个数据夹是拷贝或恢复来的</translation>
    </message>
    <message>
        <source>It goes on by itself. Nothing is lost.</source>
        <translation>会自动接着用，内容不会丢。</translation>
    </message>
    <message>
        <source>Files at the county</source>
        <translation>已到县里的附件</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Files to come</source>
        <translation>待取回的附件</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n个附件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TargetCard</name>
    <message>
        <source>no longer asked</source>
        <translation>已不在指标中</translation>
    </message>
    <message>
        <source>reached</source>
        <translation>已达到</translation>
    </message>
    <message>
        <source>This unit</source>
        <translation>本单位</translation>
    </message>
    <message>
        <source>In this period</source>
        <translation>其中本期</translation>
    </message>
    <message>
        <source>All units</source>
        <translation>各单位合计</translation>
    </message>
    <message>
        <source>Cases since last time</source>
        <translation>新增总数</translation>
    </message>
    <message>
        <source>Of these as demanded</source>
        <translation>其中达标</translation>
    </message>
    <message>
        <source>Done since last time</source>
        <translation>新增完成数</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>Or the percent as known</source>
        <translation>或直接填报比例</translation>
    </message>
    <message>
        <source>State the percent</source>
        <translation>填报比例</translation>
    </message>
    <message>
        <source>Goes on as: %1</source>
        <translation>沿用为：%1</translation>
    </message>
    <message>
        <source>Without: %1</source>
        <translation>不再沿用：%1</translation>
    </message>
</context>
<context>
    <name>TargetsPart</name>
    <message>
        <source>Targets</source>
        <translation>数字指标</translation>
    </message>
</context>
<context>
    <name>TaskListPage</name>
    <message>
        <source>Overdue</source>
        <translation>已逾期</translation>
    </message>
    <message>
        <source>My unit&apos;s tasks</source>
        <translation>本单位任务</translation>
    </message>
    <message>
        <source>All tasks</source>
        <translation>全部任务</translation>
    </message>
    <message>
        <source>All units</source>
        <translation>全部单位</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>有冲突</translation>
    </message>
    <message>
        <source>Not at the county yet</source>
        <translation>未上报到县</translation>
    </message>
    <message>
        <source>No tasks here</source>
        <translation>这里没有任务</translation>
    </message>
    <message>
        <source>Nothing matches, or the ledger has not arrived yet. As of: %1.</source>
        <translation>没有符合条件的任务，或台账还没有同步下来。截至：%1。</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) of yours were not taken</source>
        <translation>
            <numerusform>您有 %n 处内容未被选用</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody has decided for another text. Yours is kept.</source>
        <translation>已选用另一种写法，您的内容仍保留着。</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>看一看</translation>
    </message>
    <message>
        <source>Forms to print or hand in</source>
        <translation>打印或上报的表</translation>
    </message>
    <message>
        <source>Take over a form that was filled in</source>
        <translation>导入填好的填报表</translation>
    </message>
</context>
<context>
    <name>TaskPage</name>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>填报</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>Indicator</source>
        <translation>量化指标</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>完成时限</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>责任单位</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>unit and its role</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>共同填写</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Nothing written yet.</source>
        <translation>还没有填写。</translation>
    </message>
    <message>
        <source>Reports of the units</source>
        <translation>各单位填报</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>填写</translation>
    </message>
    <message>
        <source>Decide the status</source>
        <translation>定状态</translation>
    </message>
    <message>
        <source>Read and confirm</source>
        <translation>看过并确认</translation>
    </message>
    <message>
        <source>Decide the text</source>
        <translation>定文字</translation>
    </message>
    <message>
        <source>History</source>
        <translation>填写经过</translation>
    </message>
</context>
<context>
    <name>TogetherPage</name>
    <message>
        <source>Together</source>
        <translation>共同填写</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Undo my last change</source>
        <translation>撤销我的上一次修改</translation>
    </message>
    <message>
        <source>Discard draft</source>
        <translation>放弃草稿</translation>
    </message>
    <message>
        <source>Saved on this device</source>
        <translation>已存本机</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Your draft is back</source>
        <translation>草稿已恢复</translation>
    </message>
    <message>
        <source>It was not saved when the form was left.</source>
        <translation>离开时还没有保存，现已恢复。</translation>
    </message>
    <message>
        <source>%1 wrote meanwhile:</source>
        <translation>%1 在此期间写道：</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>我看过了</translation>
    </message>
    <message>
        <source>Progress, all units together</source>
        <translation>各单位共同进展</translation>
    </message>
    <message>
        <source>Sentences that others change or add are merged with yours.</source>
        <translation>别人改动或补充的句子会与您填写的合并。</translation>
    </message>
    <message>
        <source>The status was changed meanwhile: %1</source>
        <translation>状态在此期间被改为：%1</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>UnitChecksPage</name>
    <message>
        <source>Checks of my unit</source>
        <translation>本单位检查情况</translation>
    </message>
    <message numerus="yes">
        <source>%n to be put right</source>
        <translation>
            <numerusform>%n 项待整改</numerusform>
        </translation>
    </message>
    <message>
        <source>Our objection</source>
        <translation>我单位申辩</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>提出申辩</translation>
    </message>
    <message>
        <source>Change our objection</source>
        <translation>修改申辩</translation>
    </message>
    <message>
        <source>Open the task</source>
        <translation>查看任务</translation>
    </message>
    <message>
        <source>No checks yet</source>
        <translation>暂无检查记录</translation>
    </message>
    <message>
        <source>What a checker finds at your unit appears here.</source>
        <translation>检查人员对本单位的检查结果会显示在这里。</translation>
    </message>
</context>
<context>
    <name>UnitListPage</name>
    <message>
        <source>Units and contacts</source>
        <translation>单位和联系人</translation>
    </message>
    <message numerus="yes">
        <source>%n unit(s)</source>
        <translation>
            <numerusform>%n 个单位</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved on this device</source>
        <translation>已存本机</translation>
    </message>
    <message>
        <source>A unit&apos;s form names its contact and the phone. Where nobody is put down here, it names who wrote the latest of its reports.</source>
        <translation>填报表上印联系人和联系电话。这里没有填联系人的，印最近一次填报的人。</translation>
    </message>
    <message>
        <source>Unit, contact or phone</source>
        <translation>单位、联系人或电话</translation>
    </message>
    <message>
        <source>No contact yet</source>
        <translation>尚无联系人</translation>
    </message>
    <message>
        <source>No unit has this</source>
        <translation>没有相符的单位</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Empty: who wrote the latest report</source>
        <translation>留空时印最近一次填报的人</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>联系电话</translation>
    </message>
</context>
<context>
    <name>ValueCard</name>
    <message>
        <source>Shown now</source>
        <translation>现在显示</translation>
    </message>
</context>
<context>
    <name>WindowKeys</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>快捷键一览</translation>
    </message>
    <message>
        <source>To the next field, to the one before</source>
        <translation>下一项、上一项</translation>
    </message>
    <message>
        <source>In a list: move, open</source>
        <translation>列表中移动、打开</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Press the button that has the frame</source>
        <translation>按下带框的按钮</translation>
    </message>
</context>
<context>
    <name>WindowListPage</name>
    <message>
        <source>Reporting windows</source>
        <translation>报送期</translation>
    </message>
    <message>
        <source>New window</source>
        <translation>新建报送期</translation>
    </message>
    <message>
        <source>Saved on this device</source>
        <translation>已存本机</translation>
    </message>
    <message>
        <source>No reporting window yet</source>
        <translation>还没有报送期</translation>
    </message>
    <message>
        <source>A window says until when the units report.</source>
        <translation>报送期规定各单位何时前报送。</translation>
    </message>
    <message>
        <source>There is no ledger yet: import one first.</source>
        <translation>还没有台账，请先导入。</translation>
    </message>
    <message>
        <source>Closes</source>
        <translation>截止日期</translation>
    </message>
    <message>
        <source>%1, extended to %2</source>
        <translation>%1，延期至%2</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报送情况</translation>
    </message>
    <message>
        <source>%1 of %2 submitted, %3 missing, %4 returned, %5 approved</source>
        <translation>应报 %2 项，已报送 %1 项，未报送 %3 项，退回 %4 项，认可 %5 项</translation>
    </message>
    <message>
        <source>Tasks and units</source>
        <translation>任务与单位一览</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重新开放</translation>
    </message>
    <message>
        <source>Reopen the window</source>
        <translation>重新开放报送期</translation>
    </message>
    <message>
        <source>Extended to</source>
        <translation>延期至</translation>
    </message>
    <message>
        <source>Leave empty to keep the day it closes</source>
        <translation>不填则截止日期不变</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>台账</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>As: third quarter of 2026</source>
        <translation>例如：2026年第三季度</translation>
    </message>
    <message numerus="yes">
        <source>%n contradiction(s)</source>
        <translation>
            <numerusform>%n处矛盾</numerusform>
        </translation>
    </message>
    <message>
        <source>Close…</source>
        <translation>关闭…</translation>
    </message>
    <message>
        <source>Snapshot and late reports</source>
        <translation>封存件和迟报</translation>
    </message>
</context>
<context>
    <name>WindowPage</name>
    <message>
        <source>Reporting window</source>
        <translation>报送期</translation>
    </message>
    <message>
        <source>Tasks and units</source>
        <translation>任务与单位一览</translation>
    </message>
    <message>
        <source>Closed and frozen; saved on this device</source>
        <translation>已关闭并封存，已存本机</translation>
    </message>
    <message>
        <source>Admitted; it takes effect with the next sync</source>
        <translation>已同意采用，下次同步后生效</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>开放</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报送情况</translation>
    </message>
    <message>
        <source>%1 of %2 submitted, %3 missing, %4 approved</source>
        <translation>应报%2份，已报%1份，缺%3份，已认可%4份</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>关闭报送期</translation>
    </message>
    <message>
        <source>Late, beside the window</source>
        <translation>迟报（另列）</translation>
    </message>
    <message>
        <source>Close %1?</source>
        <translation>关闭“%1”吗？</translation>
    </message>
    <message>
        <source>%1 of %2 reports are frozen as they stand; %3 are missing.</source>
        <translation>将封存现有的%2份填报中的%1份，缺%3份。</translation>
    </message>
    <message>
        <source>Reports that reach the county after this are kept, and set aside until the office admits them.</source>
        <translation>此后到达县里的报送内容仍会保存，但须经县政务公开办同意后才采用。</translation>
    </message>
    <message>
        <source>Missing: %1</source>
        <translation>缺报单位：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) are not with the county yet</source>
        <translation>
            <numerusform>本机还有%n处改动没有上报</numerusform>
        </translation>
    </message>
    <message>
        <source>Only what the county has answered is in the snapshot. Sync first.</source>
        <translation>封存件只含县里已答复的内容，请先同步。</translation>
    </message>
    <message>
        <source>Freeze %1 as it stands now?</source>
        <translation>按现状封存“%1”吗？</translation>
    </message>
    <message>
        <source>It was closed, and no snapshot of it is here. Sync first: the file may come yet. What was changed since the closing is in a new one.</source>
        <translation>该报送期已关闭，但本机没有封存件。请先同步，封存件可能随后到达；新的封存件会包含关闭之后的变动。</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>封存</translation>
    </message>
    <message>
        <source>Admit the report of %1?</source>
        <translation>采用%1的填报？</translation>
    </message>
    <message>
        <source>It was deleted</source>
        <translation>单位已删除这份填报</translation>
    </message>
    <message>
        <source>Whoever admits these edits deletes the report.</source>
        <translation>如同意采用这些修改，该份填报将被删除。</translation>
    </message>
    <message>
        <source>Admit</source>
        <translation>同意采用</translation>
    </message>
    <message>
        <source>Reason; it stays in the history</source>
        <translation>理由（留存在历史记录中）</translation>
    </message>
    <message>
        <source>Not submitted</source>
        <translation>未报送</translation>
    </message>
</context>
<context>
    <name>YearLinkCard</name>
    <message>
        <source>Alike: %1</source>
        <translation>相近程度%1</translation>
    </message>
    <message>
        <source>Take the link back</source>
        <translation>取消承接</translation>
    </message>
    <message>
        <source>The same task</source>
        <translation>是同一项任务</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>New this year</source>
        <translation>本年新增</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
</context>
<context>
    <name>YearLinkListPage</name>
    <message>
        <source>Tasks of last year</source>
        <translation>上年任务</translation>
    </message>
    <message>
        <source>Linked with the tasks of %1</source>
        <translation>与%1年任务的承接关系</translation>
    </message>
    <message>
        <source>Saved on this device</source>
        <translation>已存本机</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>台账</translation>
    </message>
    <message numerus="yes">
        <source>Link the %n certain one(s)</source>
        <translation>
            <numerusform>承接可直接确定的%n项</numerusform>
        </translation>
    </message>
    <message>
        <source>No tasks</source>
        <translation>没有任务</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::AsideListModel</name>
    <message>
        <source>An entry that is not here yet</source>
        <translation>尚未收到的条目</translation>
    </message>
    <message>
        <source>It waits for what it builds on.</source>
        <translation>等待它所依据的内容。</translation>
    </message>
    <message>
        <source>It is applied by itself when that arrives; you may apply it now.</source>
        <translation>内容到达后会自动采用，也可先行采用。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>field, value</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::CheckFormModel</name>
    <message>
        <source>This is no date. Write it like 2026-08-31.</source>
        <translation>日期格式不对，请按 2026-08-31 填写。</translation>
    </message>
    <message>
        <source>This day has passed.</source>
        <translation>这一天已过。</translation>
    </message>
    <message>
        <source>%1: %2, all units together</source>
        <translation>%1：各单位合计%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::CheckLineListModel</name>
    <message>
        <source>not said how</source>
        <translation>未注明方式</translation>
    </message>
    <message>
        <source>At the desk</source>
        <translation>案头</translation>
    </message>
    <message>
        <source>On site</source>
        <translation>现场</translation>
    </message>
    <message>
        <source>From material</source>
        <translation>材料</translation>
    </message>
    <message>
        <source>By judgement</source>
        <translation>判断</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::CheckListModel</name>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Not applicable</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>answer: line</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Not understood: %1</source>
        <translation>未识别：%1</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::ContradictionListModel</name>
    <message>
        <source>, </source>
        <comment>between names in a list</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 leads and reports it done; %2 do(es) not</source>
        <translation>牵头单位%1报已完成，%2未报完成</translation>
    </message>
    <message>
        <source>%1: lower than in the window before</source>
        <translation>%1：比上期低</translation>
    </message>
    <message>
        <source>%1: percentage and status do not go together</source>
        <translation>%1：完成比例与状态不符</translation>
    </message>
    <message>
        <source>%1 reports it done: %2</source>
        <translation>%1报已完成：%2</translation>
    </message>
    <message>
        <source>%1 write the same: %2</source>
        <translation>%1写的是同一件事：%2</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n edit(s) since it was approved</source>
        <translation>
            <numerusform>%1：认可后又改动%n处</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hezhang::ui::DeviceListModel</name>
    <message>
        <source>The list may be out of date. Inviting people and stopping devices need the network.</source>
        <translation>名单可能不是最新的。邀请人员、停用设备需要联网办理。</translation>
    </message>
    <message>
        <source>To be emptied at its next contact</source>
        <translation>下次连接时清空</translation>
    </message>
    <message>
        <source>Emptied: %1</source>
        <translation>已清空：%1</translation>
    </message>
    <message>
        <source>Told to empty itself: %1</source>
        <translation>已通知清空：%1</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::DifferenceModel</name>
    <message>
        <source>The field was still empty when this was written.</source>
        <translation>填写时这一项还是空的。</translation>
    </message>
    <message>
        <source>Before writing, the text of %1 %2 (%3) was seen.</source>
        <comment>unit, person, when</comment>
        <translation>填写前看到的是 %1 %2 的内容（%3）。</translation>
    </message>
    <message>
        <source>Delete the entry</source>
        <translation>删除这条记录</translation>
    </message>
    <message>
        <source>Keep the entry</source>
        <translation>保留这条记录</translation>
    </message>
    <message>
        <source>Written by you</source>
        <translation>您填的</translation>
    </message>
    <message>
        <source>Written by %1</source>
        <translation>%1填的</translation>
    </message>
    <message>
        <source>Wants the whole entry to go.</source>
        <translation>要删除整条记录。</translation>
    </message>
    <message>
        <source>Wrote in “%1”: %2</source>
        <comment>field, value</comment>
        <translation>在“%1”里填了：%2</translation>
    </message>
    <message>
        <source>Shown now because it reached the county first. Everything else is kept until somebody decides.</source>
        <translation>现在显示的，是最先送到县里的；其他的都保留着，等人来定。</translation>
    </message>
    <message>
        <source>Shown now because its author decides here and it reached the county first.</source>
        <translation>现在显示的，填写人对这一项有认定权，而且最先送到县里。</translation>
    </message>
    <message>
        <source>Shown because its author (the county office or the leading unit) decides here.</source>
        <translation>现在显示的，是有认定权的一方（县政务公开办或牵头单位）填的。</translation>
    </message>
    <message>
        <source>They changed the same sentence, so the texts could not be put together. Shown now is the one that reached the county first; the others are kept.</source>
        <translation>改的是同一句话，不能自动合成。现在显示的，是最先送到县里的；其他的都保留着。</translation>
    </message>
    <message>
        <source>They changed different sentences, so the program has put both into one text.</source>
        <translation>改的是不同的句子，程序已把它们合成一段。</translation>
    </message>
    <message>
        <source>One deleted the entry while another was still writing in it. It is kept until somebody decides.</source>
        <translation>一人删除时，另一人还在填写。记录先保留，等人来定。</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::EarlierTaskModel</name>
    <message>
        <source>task %1</source>
        <translation>第%1项</translation>
    </message>
    <message numerus="yes">
        <source>%1, from %n unit(s)</source>
        <comment>sum of numbers done</comment>
        <translation>
            <numerusform>%1（%n个单位填报）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hezhang::ui::EvidenceListModel</name>
    <message>
        <source>Photo %1</source>
        <translation>照片 %1</translation>
    </message>
    <message>
        <source>File %1</source>
        <translation>文件 %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>file, size</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1, not on this device yet</source>
        <translation>%1，还没传到本机</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::ExportModel</name>
    <message>
        <source>All reporting windows</source>
        <translation>全部报送期</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n 项任务</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n report(s)</source>
        <translation>
            <numerusform>%n 份填报</numerusform>
        </translation>
    </message>
    <message>
        <source>Word (.docx)</source>
        <translation>Word（.docx）</translation>
    </message>
    <message>
        <source>Excel (.xlsx)</source>
        <translation>Excel（.xlsx）</translation>
    </message>
    <message>
        <source>PDF (.pdf)</source>
        <translation>PDF（.pdf）</translation>
    </message>
    <message>
        <source>Table as text (.csv)</source>
        <translation>文本表格（.csv）</translation>
    </message>
    <message>
        <source>Data for programs (.json)</source>
        <translation>数据文件（.json）</translation>
    </message>
    <message>
        <source>The open reporting window</source>
        <translation>当前报送期</translation>
    </message>
    <message>
        <source>Our own unit</source>
        <translation>本单位</translation>
    </message>
    <message>
        <source>All units</source>
        <translation>全部单位</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::ExtensionModel</name>
    <message>
        <source>More time asked for, until %1</source>
        <translation>已申请延期至%1，待审批</translation>
    </message>
    <message>
        <source>More time granted, until %1</source>
        <translation>已同意延期至%1</translation>
    </message>
    <message>
        <source>More time refused</source>
        <translation>未同意延期</translation>
    </message>
    <message>
        <source>Until the office answers, the last day is %1</source>
        <translation>审批之前，截止日期仍为%1</translation>
    </message>
    <message>
        <source>More time cannot be asked for again; the office can change its answer</source>
        <translation>延期申请次数已用完；县政务公开办可更改审批结果</translation>
    </message>
    <message>
        <source>It takes back the time granted until %1</source>
        <translation>此前同意的延期（至%1）随之取消</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::FilingFactsModel</name>
    <message>
        <source>entry %1 of the county&apos;s log</source>
        <translation>县里日志第%1条</translation>
    </message>
    <message>
        <source>last day %1</source>
        <translation>截止%1</translation>
    </message>
    <message>
        <source>reached the county %1</source>
        <translation>到达县里：%1</translation>
    </message>
    <message>
        <source>what stands was not submitted, or the county has not answered</source>
        <translation>现有内容没有报送，或县里还没有答复</translation>
    </message>
    <message>
        <source>what stands was not approved</source>
        <translation>现有内容没有认可</translation>
    </message>
    <message>
        <source>closed on this device, the county has not answered</source>
        <translation>已在本机关闭，县里还没有答复</translation>
    </message>
    <message>
        <source>the window is open</source>
        <translation>报送期开放</translation>
    </message>
    <message>
        <source>last day %1, granted after the window was closed</source>
        <translation>截止%1（报送期关闭后才同意延期）</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::FilingFormModel</name>
    <message>
        <source>Write what was done.</source>
        <translation>请填写进展情况。</translation>
    </message>
    <message>
        <source>Pick a status.</source>
        <translation>请选择状态。</translation>
    </message>
    <message>
        <source>The percentage lies between 0 and 100.</source>
        <translation>完成比例应在0到100之间。</translation>
    </message>
    <message>
        <source>100% and “%1” contradict each other.</source>
        <translation>“100%”与“%1”矛盾。</translation>
    </message>
    <message>
        <source>“%1” and %2 contradict each other.</source>
        <translation>“%1”与%2矛盾。</translation>
    </message>
    <message>
        <source>Nothing has changed since it was submitted.</source>
        <translation>报送后没有改动。</translation>
    </message>
    <message>
        <source>The text is the same as last time.</source>
        <translation>文字与上一期相同。</translation>
    </message>
    <message>
        <source>The reporting window is closed: this goes in late.</source>
        <translation>报送期已关闭：将作为逾期报送。</translation>
    </message>
    <message>
        <source>“%1”, but %2: %3</source>
        <translation>已选“%1”，但%2：%3</translation>
    </message>
    <message>
        <source>That would leave less than nothing, or more done than there are cases.</source>
        <translation>这样会使已计数小于零，或达标数多于总数。</translation>
    </message>
    <message>
        <source>Correct the numbers and count again.</source>
        <translation>请更正数字后再计数。</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::FormCodeModel</name>
    <message>
        <source>Not known</source>
        <translation>不清楚</translation>
    </message>
    <message>
        <source>The digits of a code are 0 to 9 and a to f.</source>
        <translation>验证码只有 0 到 9 和 a 到 f。</translation>
    </message>
    <message>
        <source>%1 of %2 digits</source>
        <translation>已输入 %1 / %2 位</translation>
    </message>
    <message>
        <source>The paper was changed after it was printed, or a digit is wrong.</source>
        <translation>纸质表打印后被改动，或验证码有错。</translation>
    </message>
    <message>
        <source>It is of a unit or a reporting window that is not on this device.</source>
        <translation>它所属的单位或报送期不在本机。</translation>
    </message>
    <message>
        <source>It was printed with the county&apos;s own template.</source>
        <translation>它是用本县自己的表样打印的。</translation>
    </message>
    <message>
        <source>It was printed before one of its tasks was changed.</source>
        <translation>打印之后，其中的任务有过改动。</translation>
    </message>
    <message>
        <source>It was printed before a report of another unit was changed: choose the unit on the paper and check again.</source>
        <translation>打印之后，别的单位的填报有过改动：请选择表上的单位再核对。</translation>
    </message>
    <message>
        <source>Old history is not on this device yet: it comes with the next syncs.</source>
        <translation>较早的历史还不在本机，之后的同步会带来。</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Reporting window</source>
        <translation>报送期</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>As it stands now</source>
        <translation>与现在一致</translation>
    </message>
    <message>
        <source>Last edit before printing</source>
        <translation>打印前最后改动</translation>
    </message>
    <message numerus="yes">
        <source>As it stood then; its reports were edited %n time(s) since</source>
        <translation>
            <numerusform>与打印时一致，此后填报又改动 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>No code was found in the picture.</source>
        <translation>图片中没有找到方块码。</translation>
    </message>
    <message>
        <source>Photograph the square from the front, sharp and whole.</source>
        <translation>请正对方块码拍摄，要清晰、完整。</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::Format</name>
    <message>
        <source>d MMMM yyyy</source>
        <comment>a full date, as QDate formats it</comment>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>a date of this year, as QDate formats it</comment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>due today</source>
        <translation>今天到期</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>还剩%n天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>overdue by %n day(s)</source>
        <translation>
            <numerusform>已逾期%n天</numerusform>
        </translation>
    </message>
    <message>
        <source>%1%</source>
        <comment>a percentage</comment>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>推进中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Ongoing</source>
        <translation>长期坚持</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>受阻</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>牵头</translation>
    </message>
    <message>
        <source>Responsible</source>
        <translation>责任</translation>
    </message>
    <message>
        <source>Co-operating</source>
        <translation>配合</translation>
    </message>
    <message>
        <source>County office</source>
        <translation>县政务公开办</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>督查</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Clerk</source>
        <translation>填报员</translation>
    </message>
    <message>
        <source>Checker</source>
        <translation>检查员</translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation>审计</translation>
    </message>
    <message>
        <source>All the time</source>
        <translation>长期</translation>
    </message>
    <message>
        <source>Every year</source>
        <translation>每年</translation>
    </message>
    <message>
        <source>Every half year</source>
        <translation>每半年</translation>
    </message>
    <message>
        <source>Every quarter</source>
        <translation>每季度</translation>
    </message>
    <message>
        <source>Every month</source>
        <translation>每月</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>每周</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n分钟前</numerusform>
        </translation>
    </message>
    <message>
        <source>today %1</source>
        <comment>a time of this day</comment>
        <translation>今天%1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a date and a time</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 %2, %3</source>
        <comment>unit, person, when</comment>
        <translation>%1 %2，%3</translation>
    </message>
    <message>
        <source>Returned: to be corrected</source>
        <translation>已退回，待改正</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>已逾期</translation>
    </message>
    <message>
        <source>Due soon</source>
        <translation>即将到期</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后</translation>
    </message>
    <message>
        <source>Without a date</source>
        <translation>没有时限</translation>
    </message>
    <message>
        <source>Not reported</source>
        <translation>未填报</translation>
    </message>
    <message>
        <source>Not submitted</source>
        <translation>已填未报</translation>
    </message>
    <message>
        <source>Changed since it was submitted</source>
        <translation>报送后有改动</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>已报送</translation>
    </message>
    <message>
        <source>Second look due</source>
        <translation>应复查</translation>
    </message>
    <message>
        <source>To be put right</source>
        <translation>待整改</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>已检查</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::HistoryModel</name>
    <message>
        <source>added</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>took out</source>
        <translation>移出</translation>
    </message>
    <message>
        <source>counted</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>wrote</source>
        <translation>填写</translation>
    </message>
    <message>
        <source>(erased by law)</source>
        <translation>（已依法清除）</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::HolidayListModel</name>
    <message>
        <source>%1 to %2</source>
        <comment>days</comment>
        <translation>%1至%2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between days</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>%1</source>
        <comment>a year</comment>
        <translation>%1年</translation>
    </message>
    <message>
        <source>Several were loaded at the same time: settle the conflict.</source>
        <translation>同时载入了几份，请先处理冲突。</translation>
    </message>
    <message>
        <source>Loaded by the county</source>
        <translation>本县载入</translation>
    </message>
    <message>
        <source>Comes with the program</source>
        <translation>程序自带</translation>
    </message>
    <message>
        <source>None</source>
        <comment>no days</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>Dates of %1 stay provisional</source>
        <translation>%1年的日期仍为暂定</translation>
    </message>
    <message>
        <source>Dates of %1 are firm already</source>
        <translation>%1年的日期原已确定</translation>
    </message>
    <message>
        <source>Dates of %1 become firm</source>
        <translation>%1年的日期由暂定转为确定</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年度</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Days off</source>
        <translation>放假安排</translation>
    </message>
    <message>
        <source>Worked to make up</source>
        <translation>调休上班</translation>
    </message>
    <message>
        <source>Stands so far</source>
        <translation>目前按</translation>
    </message>
    <message>
        <source>Weekends only</source>
        <translation>仅周末休息</translation>
    </message>
    <message>
        <source>Become days off</source>
        <translation>改为休息日</translation>
    </message>
    <message>
        <source>Become working days</source>
        <translation>改为工作日</translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation>载入后</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>the last day of a span within one month</comment>
        <translation>d日</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::ImportModel</name>
    <message>
        <source>“%1” is no unit of the county: pick one.</source>
        <translation>县里没有“%1”这个单位，请另选。</translation>
    </message>
    <message>
        <source>“%1” gives no date: type one, or leave it.</source>
        <translation>“%1”推算不出日期，可以填一个，也可以不填。</translation>
    </message>
    <message>
        <source>The document does not say its year.</source>
        <translation>文件没有写明年份。</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>粘贴的文本</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between units</comment>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) new</source>
        <translation>
            <numerusform>新增 %n 项任务</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>更改 %n 项</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without its unit</source>
        <translation>
            <numerusform>%n 处单位待定</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hezhang::ui::ImportTaskModel</name>
    <message>
        <source>A task needs a content. It can also be left out.</source>
        <translation>任务必须有主要内容；也可以选择不导入。</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::ImportUpdateModel</name>
    <message>
        <source>Changed in the ledger: %1. The document says what it said before.</source>
        <translation>台账中改过：%1。文件的写法没有变。</translation>
    </message>
    <message>
        <source>Changed in the ledger: %1. The document has changed here too.</source>
        <translation>台账中改过：%1。文件的写法也变了。</translation>
    </message>
    <message>
        <source>A new ledger</source>
        <translation>新建一本台账</translation>
    </message>
    <message>
        <source>A new task</source>
        <translation>新任务</translation>
    </message>
    <message>
        <source>Already in the ledger: %1. Nobody noted whether a document said so.</source>
        <translation>台账中先有的内容：%1，没有记录是否来自文件。</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::InboxModel</name>
    <message>
        <source>%1 %2</source>
        <comment>unit, person</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>decided by %1 %2</source>
        <comment>unit, person</comment>
        <translation>由%1 %2 定</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::InvitationModel</name>
    <message>
        <source>Leads the ledger: tasks, windows, review, devices.</source>
        <translation>管理台账：任务、报送期、审核和设备。</translation>
    </message>
    <message>
        <source>Reports for the unit.</source>
        <translation>为本单位填报。</translation>
    </message>
    <message>
        <source>Reads and reports for the unit.</source>
        <translation>查看并填报本单位内容。</translation>
    </message>
    <message>
        <source>Reads everything, records checks on site.</source>
        <translation>查看全部内容，记录现场检查。</translation>
    </message>
    <message>
        <source>Reads everything, changes nothing.</source>
        <translation>查看全部内容，不能修改。</translation>
    </message>
    <message>
        <source>A new person</source>
        <translation>新增人员</translation>
    </message>
    <message>
        <source>Valid once, until %1</source>
        <translation>限用一次，有效期至 %1</translation>
    </message>
    <message>
        <source>Invitation</source>
        <translation>邀请</translation>
    </message>
    <message>
        <source>Address: %1</source>
        <translation>地址：%1</translation>
    </message>
    <message>
        <source>Invitation code: %1</source>
        <translation>邀请码：%1</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::LedgerChoiceModel</name>
    <message>
        <source>%1 (%2)</source>
        <comment>title and year</comment>
        <translation>%1（%2年）</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::MatrixModel</name>
    <message>
        <source>closes %1</source>
        <translation>截止%1</translation>
    </message>
    <message>
        <source>extended to %1</source>
        <translation>延期至%1</translation>
    </message>
    <message>
        <source>%1 (%2): not submitted</source>
        <translation>%1（%2）未报送名单</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>task and its state</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>asks for more time</source>
        <translation>延期申请待审批</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::ParagraphModel</name>
    <message numerus="yes">
        <source>%1, from %n unit(s)</source>
        <comment>sum of numbers done</comment>
        <translation>
            <numerusform>%1，来自 %n 个单位</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2, all units together</source>
        <translation>%1：各单位合计%2</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::PlaceModel</name>
    <message>
        <source>%1 of %2 lines seen</source>
        <translation>已核查 %1 / %2 项</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::PrintedCellModel</name>
    <message>
        <source>on this device, the county has not answered</source>
        <translation>在本机，县里还没有答复</translation>
    </message>
    <message>
        <source>entry %1 of the county&apos;s log</source>
        <translation>县里日志第%1条</translation>
    </message>
    <message>
        <source>entered %1</source>
        <translation>入账：%1</translation>
    </message>
    <message>
        <source>The office&apos;s paragraph</source>
        <translation>县政务公开办的段落</translation>
    </message>
    <message>
        <source>The ledger&apos;s task</source>
        <translation>台账任务</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>重点工作</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>主要内容</translation>
    </message>
    <message>
        <source>Indicator</source>
        <translation>量化指标</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>责任单位</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>完成时限</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进展落实情况</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::ReceiptListModel</name>
    <message>
        <source>County</source>
        <translation>县</translation>
    </message>
    <message>
        <source>Received by the county</source>
        <translation>县里收到</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Number in the county&apos;s log</source>
        <translation>县里登记号</translation>
    </message>
    <message>
        <source>Fingerprint of the county&apos;s key</source>
        <translation>县里公钥指纹</translation>
    </message>
    <message>
        <source>The county&apos;s receipt</source>
        <translation>县里的回执</translation>
    </message>
    <message>
        <source>Checked: %1</source>
        <translation>已验证：%1</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::ReturnedFormModel</name>
    <message>
        <source>Line %1 is about the same task %2.</source>
        <translation>第 %1 行说的是同一项任务 %2。</translation>
    </message>
    <message>
        <source>It resembles more than one task of the unit.</source>
        <translation>与本单位不止一项任务相似。</translation>
    </message>
    <message>
        <source>No task of the unit has this content.</source>
        <translation>本单位没有这样内容的任务。</translation>
    </message>
    <message>
        <source>%1 (closed)</source>
        <translation>%1（已关闭）</translation>
    </message>
    <message>
        <source>No row of the file has a text about its progress.</source>
        <translation>文件中没有一行填写了进展。</translation>
    </message>
    <message>
        <source>Choose the form that was filled in, with a column 进展落实情况.</source>
        <translation>请选择填好的表，其中应有“进展落实情况”一列。</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between numbers</comment>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%n report(s) entered and handed in.</source>
        <translation>
            <numerusform>已填入并报送 %n 项。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n report(s) entered, not handed in yet.</source>
        <translation>
            <numerusform>已填入 %n 项，尚未报送。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no reporting window yet.</source>
        <translation>还没有报送期。</translation>
    </message>
    <message>
        <source>The county office opens one first.</source>
        <translation>请等县政务公开办开启报送期。</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::SearchModel</name>
    <message>
        <source>%1: the first %2 of about %3</source>
        <comment>kind of record, numbers</comment>
        <translation>%1：约 %3 条，显示前 %2 条</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>kind of record, how many</comment>
        <translation>%1：%2 条</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::SyncStatus</name>
    <message numerus="yes">
        <source>This device&apos;s clock is %n minute(s) slow.</source>
        <translation>
            <numerusform>本机时钟慢了%n分钟。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This device&apos;s clock is %n minute(s) fast.</source>
        <translation>
            <numerusform>本机时钟快了%n分钟。</numerusform>
        </translation>
    </message>
    <message>
        <source>Sending files: %1 of %2</source>
        <translation>正在上传附件：%1/%2</translation>
    </message>
    <message>
        <source>Sent %1, received %2</source>
        <translation>已上报%1，已下收%2</translation>
    </message>
    <message>
        <source>Next try in less than a minute</source>
        <translation>一分钟内再试</translation>
    </message>
    <message numerus="yes">
        <source>Next try in %n minute(s)</source>
        <translation>
            <numerusform>%n分钟后再试</numerusform>
        </translation>
    </message>
    <message>
        <source>Receiving files: %1 of %2</source>
        <translation>正在取回附件：%1/%2</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::TargetListModel</name>
    <message>
        <source>times</source>
        <translation>次</translation>
    </message>
    <message>
        <source>reported in words</source>
        <translation>以文字填报</translation>
    </message>
    <message>
        <source>%1 %2 at most</source>
        <translation>要求不超过 %1 %2</translation>
    </message>
    <message>
        <source>needs %1 %2</source>
        <translation>要求 %1 %2</translation>
    </message>
    <message>
        <source>%1% at most</source>
        <translation>要求不超过 %1%</translation>
    </message>
    <message>
        <source>needs %1%</source>
        <translation>要求 %1%</translation>
    </message>
    <message>
        <source>%1 of %2 cases, %3%</source>
        <translation>%2 件中 %1 件，%3%</translation>
    </message>
    <message>
        <source>stated: %1%</source>
        <translation>填报 %1%</translation>
    </message>
    <message>
        <source>%1 more must meet it</source>
        <translation>还差 %1 件</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>5 times</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>No longer in the task&apos;s text. What was counted is kept and counts towards nothing until the office says what goes on with it.</source>
        <translation>任务原文已无此指标。已计的数都保留，暂不计入任何指标，由县政务公开办决定由哪条指标沿用。</translation>
    </message>
    <message>
        <source>With what was counted as: %1</source>
        <translation>含原指标的计数：%1</translation>
    </message>
    <message>
        <source>nothing counted yet</source>
        <translation>尚未计数</translation>
    </message>
    <message>
        <source>%1 of %2 %3</source>
        <comment>3 of 5 times</comment>
        <translation>%2 %3中已有 %1 %3</translation>
    </message>
    <message>
        <source>%1, %2 to go</source>
        <translation>%1，还差 %2</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::TaskListModel</name>
    <message>
        <source>, </source>
        <comment>between names in a list</comment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::TaskModel</name>
    <message>
        <source>last working day %1, provisional: the year&apos;s holidays are not announced yet</source>
        <translation>最后工作日 %1（暂定，当年放假安排尚未公布）</translation>
    </message>
    <message>
        <source>last working day %1</source>
        <translation>最后工作日 %1</translation>
    </message>
</context>
<context>
    <name>hezhang::ui::WindowModel</name>
    <message numerus="yes">
        <source>task(s) %1</source>
        <translation>
            <numerusform>任务%1</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>between numbers</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>In the log</source>
        <translation>日志登记</translation>
    </message>
    <message>
        <source>The log does not name this digest for the window</source>
        <translation>日志里没有登记这份封存件</translation>
    </message>
    <message>
        <source>As the latest snapshot of the window</source>
        <translation>本报送期最近一次封存</translation>
    </message>
    <message>
        <source>As an earlier snapshot of the window</source>
        <translation>本报送期较早的一次封存</translation>
    </message>
    <message>
        <source>Looked up</source>
        <translation>查证</translation>
    </message>
    <message>
        <source>%1 rows; %2 entries of the log are as it says</source>
        <translation>共%1行，%2项与日志相符</translation>
    </message>
    <message>
        <source>Changed since</source>
        <translation>封存后有变动</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>不符</translation>
    </message>
    <message>
        <source>Not here to look up</source>
        <translation>本机查不到</translation>
    </message>
    <message>
        <source>The snapshot on this device</source>
        <translation>本机的封存件</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names in a list</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>taken back after the closing; what was frozen stands</source>
        <translation>封存后取消；封存内容不变</translation>
    </message>
    <message>
        <source>until %1; what was frozen stands</source>
        <translation>延至%1；封存内容不变</translation>
    </message>
    <message>
        <source>More time granted since</source>
        <translation>封存后另行延期</translation>
    </message>
    <message>
        <source>All reports</source>
        <translation>全部填报</translation>
    </message>
    <message>
        <source>the window&apos;s last day</source>
        <translation>报送期的截止日期</translation>
    </message>
    <message>
        <source>No snapshot of it is here. Sync first; if none comes, freeze it as it stands now.</source>
        <translation>本机没有该报送期的封存件。请先同步；同步后仍没有的，可按现状封存。</translation>
    </message>
    <message>
        <source>%1 of %2 cases</source>
        <translation>%2件中%1件</translation>
    </message>
    <message>
        <source>%1 counted</source>
        <translation>计数 %1</translation>
    </message>
    <message>
        <source>stated: %1%</source>
        <translation>填报 %1%</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>%1 by this device&apos;s clock; the county has not answered</source>
        <translation>%1（本机时间，县里尚未收到）</translation>
    </message>
</context>
</TS>
