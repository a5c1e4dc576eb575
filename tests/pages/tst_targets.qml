// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A clerk counts towards the targets of a task, on the page of the report.
import QtQuick
import QtTest
import Hezhang.Model
import Hezhang.Ui

TestCase {
    id: test

    name: "CountingTowardsTargets"
    width: 800
    height: 2400
    visible: true
    when: windowShown

    Component { id: component; FilingPage {} }

    // The visible items below `item` for which `wanted` holds.
    function found(item, wanted) {
        if (!item.visible)
            return [];
        let all = wanted(item) ? [item] : [];
        for (let i = 0; i < item.children.length; ++i)
            all = all.concat(found(item.children[i], wanted));
        return all;
    }

    function words(page, text) {
        return found(page, item => item.text === text).length;
    }

    function test_aNumberAndAShareAreCountedAndSayWhatIsMissing() {
        tryVerify(() => box.isReady(), 20000);
        const model = box.report();
        const page = createTemporaryObject(component, test, {"model": model, "facts": box.facts(), "width": width, "height": height});
        tryVerify(() => page.isReady && model.targets.count === 2, 20000);
        tryVerify(() => words(page, "尚未计数") === 2, 5000);
        const buttons = found(page, item => item.text === "计数" && item.clicked !== undefined);
        compare(buttons.length, 2);
        verify(buttons[0].enabled); // one more, as it most often is
        verify(!buttons[1].enabled);

        mouseClick(buttons[0]);
        tryVerify(() => words(page, "5 次中已有 1 次，还差 4") === 1, 20000);
        compare(box.tally(0), "1/0");

        const numbers = found(page, item => item.label === "新增总数" || item.label === "其中达标");
        compare(numbers.length, 2);
        numbers[0].value = 10;
        numbers[1].value = 7;
        mouseClick(buttons[1]);
        // For this unit and for this period.
        tryVerify(() => words(page, "10 件中 7 件，70%，还差 1 件") === 2, 20000);
        compare(box.tally(1), "7/10");
        compare(numbers[0].value, 0);
        verify(!model.isDirty);
    }
}
