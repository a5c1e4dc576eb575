// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Everything works by keyboard alone.
import QtQuick
import QtTest
import Hezhang.Ui

TestCase {
    id: test

    name: "Keyboard"
    width: 900
    height: 700
    visible: true
    when: windowShown

    SignalSpy {
        id: spy
    }

    Component { id: button; AppButton { text: "存" } }
    Component { id: segmented; SegmentedChoice { label: "状态"; width: 600; options: ["yes", "no", "na"]; value: "yes"; onChosen: value => this.value = value } }
    Component { id: search; SearchField { text: "公示栏" } }
    Component { id: number; NumberField { label: "百分比"; value: 60; stepSize: 5 } }
    Component { id: row; ListRow { title: "甲" } }
    Component { id: form; Column { property alias first: a; property alias last: b; AppTextArea { id: a; label: "一" } AppTextField { id: b; label: "二" } } }
    Component { id: confirm; ConfirmDialog { title: "撤销？"; text: "不能恢复" } }
    Component { id: lengthy; ConfirmDialog { property alias choice: choice; title: "停用？"; text: "停用后不再收到县里的内容。".repeat(60); AppSwitch { id: choice; text: "同时清空" } } }
    Component { id: ask; AppDialog { title: "保存？" } }

    function watch(target, signalName) {
        spy.target = null;
        spy.signalName = signalName;
        spy.target = target;
        spy.clear();
    }

    function test_buttonsArePressedByReturnAndSpace() {
        const object = createTemporaryObject(button, test);
        watch(object, "clicked");
        object.forceActiveFocus(Qt.TabFocusReason);

        keyClick(Qt.Key_Return);
        keyClick(Qt.Key_Space);

        compare(spy.count, 2);
        verify(object.visualFocus);
    }

    function test_busyButtonsTakeNoPress() {
        const object = createTemporaryObject(button, test, {"busy": true});
        watch(object, "clicked");
        object.forceActiveFocus(Qt.TabFocusReason);

        keyClick(Qt.Key_Return);
        keyClick(Qt.Key_Space);
        mouseClick(object);

        compare(spy.count, 0);
    }

    function test_arrowsMoveAChoiceAndGoRound() {
        const object = createTemporaryObject(segmented, test);
        const first = findControl(object, "是");
        first.forceActiveFocus(Qt.TabFocusReason);

        keyClick(Qt.Key_Right);
        compare(object.value, "no");
        keyClick(Qt.Key_Left);
        keyClick(Qt.Key_Left);

        compare(object.value, "na");
        verify(findControl(object, "不适用").activeFocus);
    }

    function test_escapeEmptiesASearch() {
        const object = createTemporaryObject(search, test);
        watch(object, "edited");
        object.input.forceActiveFocus();

        keyClick(Qt.Key_Escape);

        compare(object.text, "");
        compare(spy.count, 1);
    }

    function test_arrowsStepANumber() {
        const object = createTemporaryObject(number, test);
        watch(object, "edited");
        findRole(object, Accessible.SpinBox).forceActiveFocus();

        keyClick(Qt.Key_Up);

        compare(object.value, 65);
        compare(spy.signalArguments[0][0], 65);
    }

    // Each digit is told, so that a draft has what is typed; the box takes the number when typing ends.
    function test_aNumberIsToldAsItIsTyped() {
        const object = createTemporaryObject(number, test);
        watch(object, "edited");
        const box = findRole(object, Accessible.SpinBox);
        box.contentItem.forceActiveFocus();
        box.contentItem.selectAll();

        keyClick(Qt.Key_7);
        keyClick(Qt.Key_5);
        keyClick(Qt.Key_Return);

        compare(object.value, 75);
        compare(spy.signalArguments[0][0], 7);
        compare(spy.signalArguments[1][0], 75);
    }

    function test_rowsOpenByReturn() {
        const object = createTemporaryObject(row, test);
        watch(object, "clicked");
        object.forceActiveFocus(Qt.TabFocusReason);

        keyClick(Qt.Key_Return);

        compare(spy.count, 1);
    }

    function test_tabLeavesALongText() {
        const object = createTemporaryObject(form, test);
        object.first.input.forceActiveFocus();

        keyClick(Qt.Key_Tab);

        verify(object.last.input.activeFocus);
        compare(object.first.text, "");
    }

    function test_typedTextIsReported() {
        const object = createTemporaryObject(form, test);
        watch(object.first, "edited");
        object.first.input.forceActiveFocus();

        keyClick(Qt.Key_A);

        compare(spy.signalArguments[0][0], "a");
    }

    function test_dangerousQuestionsAreAnsweredCautiously() {
        const dialog = createTemporaryObject(confirm, test);
        dialog.open();
        tryCompare(dialog, "opened", true);
        watch(dialog, "rejected");

        keyClick(Qt.Key_Return);

        compare(spy.count, 1);
    }

    function test_whatIsReachedInALongQuestionComesIntoSight() {
        const dialog = createTemporaryObject(lengthy, test);
        dialog.open();
        tryCompare(dialog, "opened", true);
        const sheet = dialog.contentItem;
        tryVerify(() => sheet.contentHeight > sheet.height);
        verify(dialog.choice.mapToItem(sheet, 0, 0).y > sheet.height);

        for (let i = 0; i < 5 && !dialog.choice.activeFocus; ++i)
            keyClick(Qt.Key_Tab);

        verify(dialog.choice.activeFocus);
        verify(dialog.choice.mapToItem(sheet, 0, dialog.choice.height).y <= sheet.height);
    }

    function test_questionsAreAcceptedByReturnAndLeftByEscape() {
        const dialog = createTemporaryObject(ask, test);
        watch(dialog, "accepted");
        dialog.open();
        tryCompare(dialog, "opened", true);
        keyClick(Qt.Key_Return);
        compare(spy.count, 1);

        watch(dialog, "rejected");
        dialog.open();
        tryCompare(dialog, "opened", true);
        keyClick(Qt.Key_Escape);

        compare(spy.count, 1);
    }

    function findRole(item, role) {
        if (item.Accessible.role === role)
            return item;
        for (const child of Array.from(item.children)) {
            const found = findRole(child, role);
            if (found)
                return found;
        }
        return null;
    }

    function findControl(item, text) {
        if (item.text === text && item.focusPolicy !== undefined)
            return item;
        for (const child of Array.from(item.children)) {
            const found = findControl(child, text);
            if (found)
                return found;
        }
        return null;
    }
}
