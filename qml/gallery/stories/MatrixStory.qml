// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
import QtQuick
import Qt.labs.qmlmodels
import Hezhang.Ui
import Hezhang.Gallery

PageStory {
    id: root

    PageHeader {
        id: head

        title: Demo.say("任务与单位", "Tasks and units")
        subtitle: Demo.say("2026 年第三季度 · 截至 08:40", "Third quarter of 2026 · as of 08:40")

        IconButton {
            iconName: "filter"
            text: Demo.say("筛选", "Filter")
        }

        IconButton {
            iconName: "export"
            text: Demo.say("导出", "Export")
        }
    }

    MatrixTable {
        anchors.fill: parent
        anchors.topMargin: head.height
        corner: Demo.say("任务", "Task")
        rowTitles: ListModel {
            ListElement { title: "1 持续推进重大建设项目信息公开" }
            ListElement { title: "2 规范村务公示栏" }
            ListElement { title: "3 编制基层政务公开标准目录" }
            ListElement { title: "4 推进财政预决算公开" }
            ListElement { title: "5 办理依申请公开" }
            ListElement { title: "6 举办政府开放日" }
        }
        columnTitles: ListModel {
            ListElement { title: "城关镇" }
            ListElement { title: "东山乡" }
            ListElement { title: "民政局" }
            ListElement { title: "发展改革局" }
            ListElement { title: "财政局" }
            ListElement { title: "教育局" }
            ListElement { title: "卫生健康局" }
            ListElement { title: "城市管理局" }
        }
        model: TableModel {
            TableModelColumn { display: "a" }
            TableModelColumn { display: "b" }
            TableModelColumn { display: "c" }
            TableModelColumn { display: "d" }
            TableModelColumn { display: "e" }
            TableModelColumn { display: "f" }
            TableModelColumn { display: "g" }
            TableModelColumn { display: "h" }
            rows: [
                {"a": "approved", "b": "submitted", "c": "", "d": "changed", "e": "none", "f": "", "g": "approved", "h": "submitted"},
                {"a": "conflict", "b": "returned", "c": "approved", "d": "", "e": "", "f": "", "g": "none", "h": "late"},
                {"a": "submitted", "b": "unsubmitted", "c": "approved", "d": "approved", "e": "submitted", "f": "none", "g": "approved", "h": "approved"},
                {"a": "none", "b": "none", "c": "", "d": "", "e": "approved", "f": "", "g": "", "h": ""},
                {"a": "approved", "b": "approved", "c": "late", "d": "submitted", "e": "approved", "f": "approved", "g": "approved", "h": "none"},
                {"a": "submitted", "b": "", "c": "", "d": "", "e": "", "f": "unsubmitted", "g": "", "h": "returned"}
            ]
        }
    }
}
