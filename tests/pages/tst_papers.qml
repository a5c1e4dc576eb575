// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A corrected plan and a form that was filled in, by keyboard alone: what they change is seen, chosen, and only then written.
import QtQuick
import QtTest
import Hezhang.Model
import Hezhang.Ui

TestCase {
    id: test

    name: "PapersPages"
    width: 1200
    height: 1200
    visible: true
    when: windowShown

    Component { id: importPage; ImportPage {} }
    Component { id: returnedPage; ReturnedFormPage {} }

    // Tab until the item of that name has the keyboard.
    function tabTo(page, name) {
        const wanted = findChild(page, name);
        verify(wanted !== null, name);
        for (let i = 0; i < 60 && !wanted.activeFocus; ++i)
            keyClick(Qt.Key_Tab);
        verify(wanted.activeFocus, `${name} is reached by Tab`);
        return wanted;
    }

    function openPage(component, model) {
        const page = createTemporaryObject(component, test, {"model": model, "width": 1200, "height": 1200});
        tryVerify(() => page.isReady, 20000);
        page.forceActiveFocus(Qt.TabFocusReason);
        return page;
    }

    function test_aCorrectedPlanIsChosenAndWritten() {
        tryVerify(() => papers.isReady(), 20000);
        const model = papers.importModel();
        model.openText(papers.correctedPlan());
        tryVerify(() => model.canCreate, 20000);
        const page = openPage(importPage, model);
        verify(page.isUpdate);
        compare(model.update.keptCount, 1);
        compare(model.update.missing.count, 1);

        tabTo(page, "remove");
        keyClick(Qt.Key_Space);
        model.choose(0);
        tryVerify(() => findChild(page, "takeDocuments") !== null, 5000);
        tabTo(page, "takeDocuments");
        keyClick(Qt.Key_Space);
        compare(model.update.keptCount, 0);
        tabTo(page, "make");
        keyClick(Qt.Key_Return);

        tryCompare(model, "phase", "done", 20000);
        compare(papers.content(1), "公开年度预算和决算信息，回应群众关切。");
        compare(papers.tasks(), 1);
    }

    function test_aFilledFormIsLookedAtAndHandedIn() {
        tryVerify(() => papers.isReady(), 20000);
        const model = papers.returnedForm();
        model.openFile(papers.form());
        tryCompare(model, "phase", "shown", 20000);
        const page = openPage(returnedPage, model);
        compare(model.rows.count, 2);

        tabTo(page, "enter1");
        keyClick(Qt.Key_Space);
        compare(model.takenCount, 1);
        tabTo(page, "handIn");
        keyClick(Qt.Key_Return);

        tryCompare(model, "phase", "done", 20000);
        compare(papers.reported(1), "已公开预算。");
    }
}
