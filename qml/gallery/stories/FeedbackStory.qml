// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
import QtQuick
import Hezhang.Ui
import Hezhang.Gallery

Story {
    id: root

    readonly property real column: Math.min(width - 2 * Style.gutter, Style.readingWidth)

    title: Demo.say("提示与进度", "Messages and progress")

    Column {
        width: root.column
        spacing: Style.space3

        Banner {
            title: Demo.say("现在没有网络", "There is no network")
            text: Demo.say("照常填写，修改已存在本机，有网络时自动送到县里。", "Go on writing: edits are safe here and go to the county by themselves.")
            iconName: "offline"
        }

        Banner {
            title: Demo.say("窗口已于 9 月 30 日关闭", "The window closed on 30 September")
            text: Demo.say("仍可提交，会记为逾期。", "You can still submit; it counts as late.")
            tone: "warn"
            closable: true
        }

        Banner {
            title: Demo.say("磁盘已满，没有存上", "The disk is full: not saved")
            text: Demo.say("删除一些文件后再试。您写的内容还在页面上。", "Delete some files and try again. What you wrote is still on the page.")
            tone: "bad"
            actionText: Demo.say("再试一次", "Try again")
        }

        Banner {
            title: Demo.say("城关镇改了同一段文字", "城关镇 changed the same text")
            text: Demo.say("两种写法都保留着，等您来定。", "Both texts are kept until you decide.")
            tone: "conflict"
            actionText: Demo.say("查看", "Look")
        }

        Banner {
            title: Demo.say("县里已采用您的填报", "The county has adopted your report")
            tone: "good"
            actionText: Demo.say("看回执", "Receipt")
            closable: true
        }

        SectionHeader {
            title: Demo.say("进度", "Progress")
        }

        ProgressLine {
            label: Demo.say("正在导入台账", "Importing the ledger")
            detail: Demo.say("第 34 项，共 86 项", "34 of 86 tasks")
            value: 0.4
        }

        ProgressLine {
            label: Demo.say("正在上传照片", "Uploading photos")
            detail: "14/15"
            value: 0.93
            stoppable: false
        }

        ProgressLine {
            label: Demo.say("正在连接县里", "Reaching the county")
        }

        SectionHeader {
            title: Demo.say("读取中", "Loading")
        }

        Card {
            width: parent.width

            Skeleton {
                rows: 3
            }
        }

        Card {
            width: parent.width

            EmptyState {
                width: parent.width
                title: Demo.say("没有冲突", "No conflicts")
                text: Demo.say("两个人改了同一处而不知道对方时，会在这里列出。", "When two people change the same thing without knowing of each other, it is listed here.")
                iconName: "conflict"
            }
        }

        Card {
            width: parent.width

            EmptyState {
                width: parent.width
                title: Demo.say("还没有台账", "No ledger yet")
                text: Demo.say("导入县里印发的 Word 或 Excel 文件，核对后建立任务。", "Import the plan as Word or Excel, check it, and create the tasks.")
                iconName: "import"
                actionText: Demo.say("导入文件", "Import a file")
            }
        }

        Item {
            width: parent.width
            height: toast.height

            Toast {
                id: toast

                text: Demo.say("已存本机", "Saved on this device")
                actionText: Demo.say("撤销", "Undo")
                shown: true
            }
        }

        Item {
            width: parent.width
            height: plain.height

            Toast {
                id: plain

                text: Demo.say("回执已存到“下载”文件夹，可以带到任何电脑上核对", "The receipt is in Downloads; any computer can check it")
                shown: true
            }
        }
    }
}
