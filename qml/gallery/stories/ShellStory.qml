// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Ui
import Hezhang.Gallery

PageStory {
    id: root

    AppShell {
        anchors.fill: parent
        current: "home"
        heading: "城关镇"
        places: ListModel {
            id: places

            Component.onCompleted: {
                append({"place": "home", "title": Demo.say("首页", "Home"), "iconName": "home", "count": 0});
                append({"place": "tasks", "title": Demo.say("任务", "Tasks"), "iconName": "task", "count": 7});
                append({"place": "checks", "title": Demo.say("检查", "Checks"), "iconName": "check", "count": 0});
                append({"place": "conflicts", "title": Demo.say("冲突", "Conflicts"), "iconName": "conflict", "count": 2});
                append({"place": "sync", "title": Demo.say("同步", "Sync"), "iconName": "sync", "count": 0});
            }
        }
        railFoot: SyncIndicator {
            width: parent ? parent.width : 200
            kind: "offline"
            unsent: 3
            compact: Style.windowWidth < 1280
        }

        TwoPane {
            anchors.fill: parent
            list: [
                PageHeader {
                    id: head

                    title: Demo.say("本单位任务", "Tasks of my unit")
                    subtitle: Demo.say("截至 08:40", "As of 08:40")

                    SyncIndicator {
                        kind: "offline"
                        unsent: 3
                        visible: !Style.desktop
                    }

                    IconButton {
                        iconName: "search"
                        text: Demo.say("搜索", "Search")
                    }
                },
                ListView {
                    width: parent.width
                    anchors.top: head.bottom
                    anchors.bottom: parent.bottom
                    clip: true
                    model: [
                        {"title": "持续推进重大建设项目批准和实施信息公开", "due": Demo.say("逾期 2 天", "2 days late"), "a": "overdue", "b": "returned"},
                        {"title": "规范村务公示栏", "due": Demo.say("明天", "tomorrow"), "a": "conflict", "b": "local"},
                        {"title": "编制基层政务公开标准目录", "due": Demo.say("10 月 8 日", "8 Oct"), "a": "submitted", "b": "received"},
                        {"title": "推进财政预决算公开", "due": Demo.say("10 月 31 日", "31 Oct"), "a": "unsubmitted", "b": "draft"},
                        {"title": "举办政府开放日活动不少于 2 次", "due": Demo.say("12 月 20 日", "20 Dec"), "a": "approved", "b": "applied"},
                        {"title": "办理依申请公开", "due": Demo.say("长期", "ongoing"), "a": "ongoing", "b": ""}]
                    delegate: ListRow {
                        id: row

                        required property var modelData
                        required property int index

                        title: modelData.title
                        trailing: modelData.due
                        current: index === 1 && !Style.phone && Style.desktop

                        StateBadge {
                            kind: row.modelData.a
                        }

                        StateBadge {
                            kind: row.modelData.b
                        }
                    }
                }
            ]
            detail: [
                PageHeader {
                    id: detailHead

                    title: "规范村务公示栏"
                    subtitle: Demo.say("第 2 项 · 重点领域公开", "Task 2 · key areas")

                    AppButton {
                        text: Demo.say("填报", "Report")
                        variant: "primary"
                        iconName: "edit"
                    }
                },
                PageScroll {
                    width: parent.width
                    anchors.top: detailHead.bottom
                    anchors.bottom: parent.bottom

                    Banner {
                        title: Demo.say("民政局改了同一段文字", "民政局 changed the same text")
                        tone: "conflict"
                        actionText: Demo.say("查看", "Look")
                    }

                    Card {
                        width: parent.width

                        FieldRow {
                            label: Demo.say("任务内容", "Content")
                            value: "全县各村（社区）公示栏统一样式，按月更新财务、低保、救助信息。"
                        }

                        FieldRow {
                            label: Demo.say("完成时限", "Deadline")
                            value: Demo.say("每月 10 日前（还有 8 个工作日）", "The 10th of each month (8 working days left)")
                        }

                        FieldRow {
                            label: Demo.say("共同进展", "Joint progress")
                            value: "已核对 14 个村的公示栏，3 个村待整改。"

                            StateBadge {
                                kind: "conflict"
                            }
                        }
                    }
                }
            ]
        }
    }
}
