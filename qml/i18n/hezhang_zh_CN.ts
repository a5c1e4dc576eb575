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
    <name>DateField</name>
    <message>
        <source>Pick a date</source>
        <translation>选日期</translation>
    </message>
</context>
<context>
    <name>DiffLegend</name>
    <message>
        <source>added</source>
        <translation>增加</translation>
    </message>
    <message>
        <source>removed</source>
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
        <source>removed: %1</source>
        <translation>删去：%1</translation>
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
    <name>MatrixCell</name>
    <message>
        <source>No task</source>
        <translation>不涉及</translation>
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
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
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
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
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
        <translation>未提交</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>已提交</translation>
    </message>
    <message>
        <source>Changed since</source>
        <translation>提交后有改动</translation>
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
        <translation>逾期提交</translation>
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
        <source>Not applicable</source>
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
    <name>ValueCard</name>
    <message>
        <source>Shown now</source>
        <translation>现在显示</translation>
    </message>
</context>
</TS>
