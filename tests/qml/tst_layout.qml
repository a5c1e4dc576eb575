// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What adapts to the width does.
import QtQuick
import QtTest
import Hezhang.Ui

TestCase {
    id: test

    name: "Layout"
    width: 1400
    height: 900
    visible: true
    when: windowShown

    ListModel {
        id: placeList

        ListElement { place: "home"; title: "首页"; iconName: "home"; count: 0 }
        ListElement { place: "tasks"; title: "任务"; iconName: "task"; count: 3 }
    }

    Component { id: shell; AppShell { places: placeList; current: "home"; property alias inner: inner; Item { id: inner; anchors.fill: parent } } }
    Component { id: panes; TwoPane { property alias one: one; property alias other: other; list: Item { id: one; anchors.fill: parent } detail: Item { id: other; anchors.fill: parent } } }
    Component { id: field; AppTextField { width: 320; label: "码"; error: "少了 2 位" } }
    Component { id: area; AppTextArea { width: 320; lengthMax: 3 } }
    Component { id: diff; DiffText { width: 320; runs: [{"text": "<b>9</b>", "kind": "removed"}, {"text": "14", "kind": "added"}, {"text": " 个村", "kind": "same"}] } }
    Component { id: toast; Toast {} }

    function test_placesAreAtTheFootOfANarrowWindow() {
        Style.windowWidth = 800;
        const object = createTemporaryObject(shell, test, {"width": 800, "height": 900});

        verify(!object.besides);
        compare(object.inner.mapToItem(object, 0, 0).x, 0);
        verify(object.inner.height < 900);
    }

    function test_placesAreAtTheSideOfAWideWindow() {
        Style.windowWidth = 1300;
        const object = createTemporaryObject(shell, test, {"width": 1300, "height": 900});

        verify(object.besides);
        verify(object.inner.mapToItem(object, 0, 0).x > 100);
        compare(object.inner.height, 900);
    }

    function test_panesStandBesideEachOtherWhereThereIsRoom() {
        const object = createTemporaryObject(panes, test, {"width": 1200, "height": 600});

        verify(object.one.visible && object.other.visible);
        verify(object.other.mapToItem(object, 0, 0).x > object.one.width);
    }

    function test_aNarrowWindowShowsOnePaneAtATime() {
        const object = createTemporaryObject(panes, test, {"width": 500, "height": 600});
        verify(object.one.visible && !object.other.visible);

        object.open = true;

        verify(!object.one.visible && object.other.visible);
        compare(object.other.width, 500);
    }

    function test_errorsAreHeard() {
        const object = createTemporaryObject(field, test);

        compare(object.input.Accessible.name, "码, 少了 2 位");
    }

    function test_longTextsAreCounted() {
        const object = createTemporaryObject(area, test, {"text": "一二三四"});

        verify(object.tooLong);
        compare(object.counter, "4 / 3 字");
    }

    function test_textsGrowWithWhatIsTyped() {
        const object = createTemporaryObject(area, test, {"text": "一"});
        const before = object.height;

        object.text = "一\n二\n三\n四\n五\n六";

        tryVerify(() => object.height > before);
    }

    function test_whatPeopleWroteIsNeverMarkup() {
        const object = createTemporaryObject(diff, test);

        verify(object.text.includes("&lt;b&gt;9&lt;/b&gt;"));
        compare(object.Accessible.name, "删去：<b>9</b> 增加：14  个村");
    }

    function test_aToastLeavesByItself() {
        const object = createTemporaryObject(toast, test, {"showFor": 50});

        object.show("已存本机", "撤销");

        verify(object.shown);
        tryCompare(object, "shown", false);
    }

    function cleanup() {
        Style.windowWidth = 1280;
    }
}
