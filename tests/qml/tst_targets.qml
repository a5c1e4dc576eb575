// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Everything that can be pressed is at least 48 by 48, in both text sizes, and has a name and a role for a screen reader.
import QtQuick
import QtTest
import Hezhang.Ui

TestCase {
    id: test

    name: "Targets"
    width: 900
    height: 900
    visible: true
    when: windowShown

    Component { id: button; AppButton { text: "存" } }
    Component { id: quiet; AppButton { text: "存"; variant: "quiet" } }
    Component { id: iconButton; IconButton { iconName: "add"; text: "加" } }
    Component { id: field; AppTextField { label: "名"; clearable: true; text: "甲" } }
    Component { id: area; AppTextArea { label: "文"; rowsMin: 1 } }
    Component { id: combo; AppComboBox { label: "选"; model: ["甲"] } }
    Component { id: tick; AppCheckBox { text: "是" } }
    Component { id: toggle; AppSwitch { text: "开" } }
    Component { id: segmented; SegmentedChoice { label: "状态"; width: 320; options: ["yes", "no", "na"] } }
    Component { id: number; NumberField { label: "数" } }
    Component { id: date; DateField { label: "日期" } }
    Component { id: chip; Chip { text: "甲" } }
    Component { id: search; SearchField {} }
    Component { id: row; ListRow { title: "甲" } }
    Component { id: banner; Banner { title: "甲"; actionText: "看"; closable: true } }
    Component { id: sync; SyncIndicator { kind: "offline" } }
    Component { id: card; ValueCard { heading: "甲"; runs: [{"text": "甲", "kind": "same"}] } }
    Component { id: cell; MatrixCell { kind: "submitted" } }
    Component { id: item; NavItem { text: "首页"; iconName: "home"; count: 2 } }
    Component { id: header; PageHeader { title: "甲"; canGoBack: true } }
    Component { id: progress; ProgressLine { label: "甲" } }
    Component { id: empty; EmptyState { title: "甲"; actionText: "做" } }
    Component { id: toast; Toast { text: "甲"; actionText: "撤销"; shown: true } }

    function test_targetsAreLargeAndNamed_data() {
        const makers = {button, quiet, iconButton, field, area, combo, tick, toggle, segmented, number, date, chip, search, row, banner,
            sync, card, cell, item, header, progress, empty, toast};
        const rows = [];
        for (const name in makers)
            for (const scale of [1, Style.textScaleLarge])
                rows.push({"tag": `${name} at ${scale}`, "maker": makers[name], "scale": scale});
        return rows;
    }

    // Everything below `item` that takes the keyboard: what takes the keyboard is what can be pressed.
    function pressable(item) {
        const takes = item.activeFocusOnTab || item.focusPolicy !== undefined && item.focusPolicy !== Qt.NoFocus;
        let found = takes && item.visible ? [item] : [];
        for (const child of Array.from(item.children))
            found = found.concat(pressable(child));
        return found;
    }

    function test_targetsAreLargeAndNamed(data) {
        Style.textScale = data.scale;
        const object = createTemporaryObject(data.maker, test);

        const controls = pressable(object);

        verify(controls.length > 0);
        for (const control of controls) {
            verify(control.width >= Style.target, `${control} is ${control.width} wide`);
            verify(control.height >= Style.target, `${control} is ${control.height} high`);
            verify(control.Accessible.name.length > 0, `${control} has no name`);
            verify(control.Accessible.role !== Accessible.NoRole, `${control} has no role`);
        }
    }

    function cleanup() {
        Style.textScale = 1;
    }
}
