// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Ui
import Hezhang.Gallery

Story {
    id: root

    title: Demo.say("颜色、字号、状态", "Colours, type, states")

    Group {
        title: Demo.say("面与墨", "Surfaces and ink")

        Repeater {
            model: ["page", "surface", "surfaceSunken", "line", "lineStrong", "text", "textMuted", "accent", "accentSoft"]

            Rectangle {
                id: swatch

                required property string modelData

                width: 104
                height: 64
                radius: Style.radius
                color: Style[modelData]
                border.color: Style.line

                AppText {
                    anchors.fill: parent
                    anchors.margins: Style.space2
                    text: swatch.modelData
                    size: 12
                    color: parent.color.hslLightness > 0.5 ? "#1C2327" : "#F5F3EE"
                    verticalAlignment: Text.AlignBottom
                }
            }
        }
    }

    Group {
        title: Demo.say("字号", "Type")

        Column {
            width: parent.width
            spacing: Style.space2

            AppText {
                text: Demo.say("合账：各写各的，合成一本", "Hezhang: everyone writes, one ledger")
                width: parent.width
                size: Style.sizeDisplay
                strong: true
            }

            AppText {
                text: Demo.say("推进重大行政决策预公开", "Publish drafts of major decisions")
                width: parent.width
                size: Style.sizeHeading
                strong: true
            }

            AppText {
                text: Demo.say("本季度需填报的事项", "To report this quarter")
                width: parent.width
                size: Style.sizeTitle
                strong: true
            }

            AppText {
                text: "城关镇政务公开专栏已更新 12 条，公开目录同步调整；下一步逐村核对公示栏。"
                width: parent.width
            }

            AppText {
                text: "城关镇 · 张三 · 今天 08:40"
                width: parent.width
                size: Style.sizeSmall
                muted: true
            }

            AppText {
                text: Demo.say("截至 08:40 的数据", "As of 08:40")
                width: parent.width
                size: Style.sizeCaption
                muted: true
            }
        }
    }

    component States_: Group {
        id: group

        required property var kinds

        Repeater {
            model: group.kinds

            StateBadge {
                required property string modelData

                kind: modelData
            }
        }
    }

    States_ {
        title: Demo.say("每条修改走到哪一步", "How far an edit has come")
        kinds: ["draft", "local", "received", "applied", "aside"]
    }

    States_ {
        title: Demo.say("值", "Values")
        kinds: ["conflict", "merged", "overruled"]
    }

    States_ {
        title: Demo.say("任务状态", "Status of a task")
        kinds: ["not-started", "in-progress", "done", "ongoing", "blocked"]
    }

    States_ {
        title: Demo.say("填报", "Reports")
        kinds: ["none", "unsubmitted", "submitted", "changed", "returned", "approved", "late"]
    }

    States_ {
        title: Demo.say("时限", "Deadlines")
        kinds: ["overdue", "due-soon", "on-time"]
    }

    States_ {
        title: Demo.say("检查", "Checks")
        kinds: ["yes", "no", "na", "rectify", "closed", "locked"]
    }

    States_ {
        title: Demo.say("同步", "Sync")
        kinds: ["synced", "syncing", "offline", "sync-failed"]
    }
}
