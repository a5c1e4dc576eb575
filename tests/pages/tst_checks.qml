// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A checker's way: a new place, a check with a photo, the second look that closes it; and the search.
import QtQuick
import QtTest
import Hezhang.Model
import Hezhang.Ui

TestCase {
    id: test

    property string placeId

    name: "ChecksOnSite"
    width: 360
    height: 1400
    visible: true
    when: windowShown

    Component { id: checksPage; ChecksPage {} }
    Component { id: placePage; PlacePage {} }
    Component { id: checkPage; CheckPage {} }
    Component { id: searchPage; SearchPage {} }
    Component { id: spies; SignalSpy {} }

    function initTestCase() {
        site.setClock(true);
        tryVerify(() => site.isReady(), 20000);
    }

    function cleanupTestCase() {
        site.setClock(false);
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

    function press(page, words) {
        tryVerify(() => button(page, words) !== null && button(page, words).enabled, 20000, words);
        mouseClick(button(page, words));
    }

    function listen(page, signalName) {
        return createTemporaryObject(spies, test, {"target": page, "signalName": signalName});
    }

    // What the first signal carried.
    function carried(spy) {
        tryVerify(() => spy.count > 0, 20000, spy.signalName);
        return Array.from(spy.signalArguments[0]);
    }

    function type(input, words) {
        input.forceActiveFocus();
        input.insert(input.length, words);
    }

    function checkOf(answer, finding, withPhoto) {
        const model = site.form(placeId, "");
        const page = opened(checkPage, model);
        verify(!button(page, "保存到本机").enabled);
        press(page, answer);
        if (finding !== "")
            type(findChild(page, "finding").input, finding);
        if (withPhoto) {
            model.addPhoto(site.photo());
            tryCompare(model.photos, "count", 1, 20000);
        }
        return page;
    }

    function save(page) {
        const spy = listen(page, "saved");
        press(page, "保存到本机");
        tryCompare(spy, "count", 1, 20000);
    }

    function test_1_aNewPlaceIsMadeOnSite() {
        const page = opened(checksPage, site.places());
        const spy = listen(page, "placePicked");
        press(page, "新增检查点");
        const dialog = findChild(page, "newPlace");
        tryVerify(() => dialog.opened, 5000);
        verify(!dialog.acceptable);
        const units = findChild(page, "newPlaceUnit");
        units.currentIndex = units.model.findIndex(unit => unit.id === site.unit());
        type(findChild(page, "newPlaceName").input, "东门公示栏");
        tryVerify(() => dialog.acceptable, 5000);
        dialog.accept();
        placeId = carried(spy)[0];
    }

    function test_2_thePlaceLeadsToItsTask() {
        const page = opened(placePage, site.place(placeId));
        const spy = listen(page, "checkPicked");
        press(page, "检查");
        compare(carried(spy), [site.task(), site.unit(), placeId, ""]);
    }

    function test_3_everyAnswerIsSavedANoWithPhotoAndDate() {
        save(checkOf("不适用", "", false));
        save(checkOf("是", "内容齐全。", false));
        const page = checkOf("否", "内容是去年的。", true);
        press(page, "3 天内");
        save(page);
        compare(site.checks().slice().sort(), ["na passed 0", "no rectify 1 内容是去年的。", "yes passed 0 内容齐全。"]);
    }

    function test_4_theSecondLookClosesIt() {
        const place = opened(placePage, site.place(placeId));
        const spy = listen(place, "checkPicked");
        press(place, "复查");
        const checkId = carried(spy)[3];
        verify(checkId !== "");

        const page = opened(checkPage, site.form(placeId, checkId));
        compare(button(page, "不适用"), null);
        press(page, "是");
        save(page);

        verify(site.checks().includes("no closed 1 内容是去年的。"));
        tryVerify(() => button(place, "复查") === null, 20000);
    }

    // The buttons that show these words, from above.
    function buttons(item, words) {
        if (!item.visible)
            return [];
        let all = item.text === words && item.clicked !== undefined ? [item] : [];
        for (let i = 0; i < item.children.length; ++i)
            all = all.concat(buttons(item.children[i], words));
        return all;
    }

    function test_6_theLinesOfTheWorksheetAreTicked() {
        const page = opened(checkPage, site.form("", ""));
        tryCompare(page.model.lines, "count", 2, 20000);
        compare(buttons(page, "是").length, 3); // of the whole, and of each line
        mouseClick(buttons(page, "否")[0]);
        mouseClick(buttons(page, "否")[1]);
        mouseClick(buttons(page, "不适用")[2]);
        save(page);

        compare(site.lines().slice().sort(), ["na 实际掌握情况", "no 实地查看公示栏"]);
    }

    function test_5_oneCharacterIsFoundAndOpened() {
        const model = site.search();
        const page = opened(searchPage, model);
        type(findChild(page, "needle").input, "季");
        tryCompare(model, "count", 1, 20000);
        const spy = listen(page, "picked");
        const list = findChild(page, "found");
        tryVerify(() => list.itemAtIndex(0) !== null, 5000);
        mouseClick(list.itemAtIndex(0));
        compare(carried(spy).slice(0, 2), ["task", site.task()]);
        model.needle = "龘";
        tryCompare(model, "count", 0, 20000);
        tryVerify(() => findChild(page, "nothing").visible, 5000);
    }
}
