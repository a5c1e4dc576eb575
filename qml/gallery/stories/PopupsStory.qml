// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
import QtQuick
import Hezhang.Ui
import Hezhang.Gallery

PageStory {
    id: root

    PageHeader {
        id: head

        title: Demo.say("打开的菜单与日历", "Open menus and months")
    }

    MonthPopup {
        x: Style.gutter
        y: head.height + Style.space4
        value: "2026-10-15"
        visible: true
    }

    AppMenu {
        x: Style.phone ? Style.gutter : 480
        y: head.height + (Style.phone ? 440 : Style.space4)
        visible: true

        AppMenuItem {
            text: Demo.say("查看历史", "Show history")
            iconName: "history"
            keys: "Ctrl+H"
            highlighted: true
        }

        AppMenuItem {
            text: Demo.say("保存回执", "Save receipt")
            iconName: "receipt"
        }

        AppMenuItem {
            text: Demo.say("删除草稿", "Delete draft")
            iconName: "delete"
            dangerous: true
        }
    }
}
