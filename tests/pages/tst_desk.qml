// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The office's way through a window: what does not go together.
import QtQuick
import QtTest
import Hezhang.Model
import Hezhang.Ui

TestCase {
    id: test

    name: "OfficeDesk"
    width: 800
    height: 1200
    visible: true
    when: windowShown

    Component { id: contradictionsPage; ContradictionListPage {} }
    Component { id: windowPage; WindowPage {} }
    Component { id: printedPage; PrintedCellPage {} }
    Component { id: yearsPage; YearLinkListPage {} }
    Component { id: spies; SignalSpy {} }

    function initTestCase() {
        tryVerify(() => desk.isReady(), 20000);
    }

    function opened(component, model) {
        const page = createTemporaryObject(component, test, {"model": model, "width": width, "height": height});
        tryVerify(() => page.isReady, 20000);
        return page;
    }

    // The visible button that shows these words.
    function button(item, words) {
        if (!item.visible)
            return null;
        if (item.text === words && item.clicked !== undefined)
            return item;
        for (let i = 0; i < item.children.length; ++i) {
            const found = button(item.children[i], words);
            if (found !== null)
                return found;
        }
        return null;
    }

    // By the keyboard: while a page is being laid out its buttons move away under the pointer.
    function press(page, words) {
        tryVerify(() => button(page, words) !== null && button(page, words).enabled, 20000, words);
        button(page, words).forceActiveFocus(Qt.TabFocusReason);
        tryVerify(() => button(page, words).activeFocus, 20000, words);
        keyClick(Qt.Key_Space);
    }

    function listen(page, signalName) {
        return createTemporaryObject(spies, test, {"target": page, "signalName": signalName});
    }

    function carried(spy) {
        tryVerify(() => spy.count > 0, 20000, spy.signalName);
        return Array.from(spy.signalArguments[0]);
    }

    function test_1_aContradictionLeadsToItsTaskAndItsReport() {
        const page = opened(contradictionsPage, desk.contradictions());
        tryCompare(page.model, "count", 1, 20000);
        const tasks = listen(page, "taskPicked");
        press(page, "任务");
        compare(carried(tasks), [desk.task()]);
        const reviews = listen(page, "reviewPicked");
        press(page, "审核");
        compare(carried(reviews), [desk.task(), desk.unit(), desk.windowId()]);
    }

    function test_2_aReportIsReturnedWithAReason() {
        const page = opened(contradictionsPage, desk.contradictions());
        press(page, "退回");
        const reason = findChild(page, "reason");
        tryVerify(() => reason.visible, 5000);
        reason.input.insert(0, "比例与状态不符");
        const spy = listen(page.model, "done");
        const dialog = findChild(page, "returning");
        tryVerify(() => dialog.acceptable, 5000);
        dialog.accept();
        tryCompare(spy, "count", 1, 20000);
        compare(desk.returned(), "比例与状态不符");
    }

    function test_3_aWindowIsClosedAfterSayingWhatIsFrozen() {
        const page = opened(windowPage, desk.window());
        press(page, "关闭报送期");
        const dialog = findChild(page, "closing");
        tryVerify(() => dialog.opened, 5000);
        compare(dialog.subject, "将封存现有的2份填报中的1份，缺1份。");
        dialog.accept();
        tryVerify(() => page.model.hasSnapshot, 20000);
        verify(!page.model.isOpen);
        compare(button(page, "关闭报送期"), null);
        const spy = listen(page.model, "checked");
        press(page, "核对");
        tryCompare(spy, "count", 1, 20000);
        verify(page.model.isGood);
        press(page, "收起");
        tryCompare(page.model, "checkTitle", "", 5000);
    }

    function test_4_aPrintedCellLeadsToTheReportBehindIt() {
        const page = opened(printedPage, desk.printedCell());
        tryVerify(() => page.model.sources.length === 1, 20000);
        const spy = listen(page, "reviewPicked");
        press(page, "审核");
        compare(carried(spy), [desk.task(), desk.unit(), desk.windowId()]);
        press(page, "主要内容");
        tryCompare(page.model, "text", "公示栏按季更新。", 20000);
        verify(button(page, "主要内容").checked);
        verify(!button(page, "进展落实情况").checked);
        compare(button(page, "审核"), null);
    }

    function test_5_aTaskIsLinkedWithThatOfLastYear() {
        const page = opened(yearsPage, desk.yearLinks());
        tryCompare(page.model, "certainCount", 1, 20000);
        press(page, "承接可直接确定的1项");
        tryCompare(page.model, "certainCount", 0, 20000);
        tryVerify(() => button(page, "取消承接") !== null, 20000);
        press(page, "取消承接");
        tryCompare(page.model, "certainCount", 1, 20000);
        press(page, "是同一项任务");
        tryVerify(() => button(page, "取消承接") !== null, 20000);
    }
}
