// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the office looks after besides the windows, by keyboard alone: days off, the units' contacts, the code on a paper.
import QtQuick
import QtTest
import Hezhang.Model
import Hezhang.Ui

TestCase {
    id: test

    name: "OfficePapers"
    width: 1000
    height: 1200
    visible: true
    when: windowShown

    Component { id: holidaysPage; HolidaysPage {} }
    Component { id: unitsPage; UnitListPage {} }
    Component { id: codePage; PrintedCodePage {} }
    Component { id: filingPage; FilingPage {} }

    function initTestCase() {
        tryVerify(() => desk.isReady() && box.isReady(), 20000);
    }

    function opened(component, properties) {
        const page = createTemporaryObject(component, test, Object.assign({"width": width, "height": height}, properties));
        tryVerify(() => page.isReady, 20000);
        page.forceActiveFocus(Qt.TabFocusReason);
        return page;
    }

    // Tab until the item of that name has the keyboard.
    function tabTo(page, name) {
        tryVerify(() => findChild(page, name) !== null, 20000, name);
        const wanted = findChild(page, name);
        const hasKeyboard = () => wanted.activeFocus || wanted.input?.activeFocus === true;
        for (let i = 0; i < 60 && !hasKeyboard(); ++i)
            keyClick(Qt.Key_Tab);
        verify(hasKeyboard(), `${name} is reached by Tab`);
        return wanted;
    }

    function test_1_aNoticeIsLookedAtAndLoaded() {
        const page = opened(holidaysPage, {"model": desk.holidays()});
        compare(page.model.nextYear, 2027);
        page.model.openFile(desk.notice("2026-12-31"));
        tryVerify(() => page.model.fileWhat !== "", 20000);
        verify(page.model.fileWhat.startsWith("off[0]"));
        compare(page.model.facts.length, 0);

        page.model.openFile(desk.notice("2027-01-03"));
        tryVerify(() => page.model.facts.length > 0, 20000);
        compare(page.model.fileWhat, "");
        compare(desk.noticesLoaded(), 0);
        tabTo(page, "load");
        keyClick(Qt.Key_Return);

        tryCompare(page.model, "nextYear", 2028, 20000);
        compare(desk.noticesLoaded(), 1);
        compare(page.model.facts.length, 0);
    }

    function test_2_aUnitGetsItsContact() {
        const page = opened(unitsPage, {"model": desk.unitContacts()});
        const search = tabTo(page, "search");
        for (const key of "a")
            keyClick(key);
        tryCompare(page.model, "count", 0, 5000);
        keyClick(Qt.Key_Escape);
        tryVerify(() => page.model.count > 1, 5000);
        search.edited("甲镇");
        tryCompare(page.model, "count", 1, 5000);
        tabTo(page, "unit0");
        keyClick(Qt.Key_Return);
        const dialog = findChild(page, "editing");
        tryVerify(() => dialog.opened, 5000);
        const contact = findChild(page, "contact");
        tryVerify(() => contact.input.activeFocus, 5000);
        contact.input.insert(0, "李四");
        dialog.accept();
        tryVerify(() => desk.contact() === "李四", 20000);
    }

    function test_3_aCodeIsTypedAndSaysWhatThePaperIs() {
        const page = opened(codePage, {"model": desk.formCode()});
        const digits = desk.printedDigits();
        tabTo(page, "code");
        for (const key of digits.slice(0, 10))
            keyClick(key);
        compare(page.model.codeLine, "已输入 10 / 64 位");
        verify(!findChild(page, "check").enabled);
        for (const key of digits.slice(10))
            keyClick(key);
        tryCompare(page.model, "canCheck", true, 5000);
        compare(page.model.codeLine, "");
        tabTo(page, "check");
        keyClick(Qt.Key_Return);
        tryCompare(page.model, "phase", "found", 60000);

        page.model.code = "0".repeat(64);
        compare(page.model.phase, "empty");
        tabTo(page, "check");
        keyClick(Qt.Key_Return);
        tryCompare(page.model, "phase", "unknown", 60000);
        verify(page.model.reasons.length > 3);
    }

    function test_4_aPercentThatNobodyGaveIsNotShownAsNought() {
        const model = box.report();
        const page = opened(filingPage, {"model": model, "facts": box.facts()});
        compare(model.percent, -1);
        const percent = findChild(page, "percent");
        verify(percent.unfilled);
        verify(percent.heard.includes("未填写"));
        tabTo(page, "percent");
        compare(percent.input.text, "");
        keyClick("0");
        tryCompare(model, "percent", 0, 5000);
        verify(!percent.unfilled);
        compare(percent.input.text, "0");
        model.discardDraft();
        tryCompare(percent, "unfilled", true, 5000);
        compare(percent.input.text, "");
    }
}
