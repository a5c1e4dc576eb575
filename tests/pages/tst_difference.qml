// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The conflict page by keyboard alone: from opening it to the decision.
import QtQuick
import QtTest
import Hezhang.Model
import Hezhang.Ui

TestCase {
    id: test

    name: "DifferencePage"
    width: 900
    height: 1200
    visible: true
    when: windowShown

    Component { id: component; DifferencePage {} }

    // Tab until the item of that name has the keyboard.
    function tabTo(page, name) {
        const wanted = findChild(page, name);
        verify(wanted !== null, name);
        for (let i = 0; i < 40 && !wanted.activeFocus; ++i)
            keyClick(Qt.Key_Tab);
        verify(wanted.activeFocus, `${name} is reached by Tab`);
        return wanted;
    }

    function test_aConflictIsDecidedByKeysAlone() {
        tryVerify(() => box.isReady(), 20000);
        const model = box.difference();
        const page = createTemporaryObject(component, test, {"model": model, "width": 900, "height": 1200});
        tryVerify(() => page.isReady, 20000);
        tryVerify(() => findChild(page, "value1") !== null, 5000);
        page.forceActiveFocus(Qt.TabFocusReason);

        tabTo(page, "value1");
        keyClick(Qt.Key_Return);
        compare(model.picked, 1);
        keyClick(Qt.Key_Tab);
        const decide = tabTo(page, "decide");
        verify(decide.enabled);
        keyClick(Qt.Key_Return);

        tryCompare(model, "kind", "settled", 20000);
        compare(box.shown(), "办了4件。公开了5条。"); // the office syncs first: its value is the first one
    }
}
