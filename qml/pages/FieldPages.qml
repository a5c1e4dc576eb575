// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The ways between the pages of checks, search, settings and what else is behind "more": makes each with its model and puts it on the window's stack.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

Item {
    id: root

    required property T.StackView stack
    required property Models models
    required property AppSession session
    required property Settings settings
    required property PlaceList places // of the program
    required property var shortcuts

    signal placePicked(string place)
    signal taskPicked(string taskId)
    signal filingPicked(string taskId, string unitId, string windowId)

    function openChecks(): void {
        if (root.session.seesEveryUnit)
            root.stack.push(checks, {"model": root.models.places()});
        else
            openUnitChecks();
    }

    function openPlacePage(placeId: string, unitId: string): void {
        root.stack.push(place, {"model": root.models.place(placeId, unitId)});
    }

    function openCheck(taskId: string, unitId: string, placeId: string, checkId: string): void {
        root.stack.push(check, {"model": root.models.checkForm(taskId, unitId, placeId, checkId)});
    }

    function openUnitChecks(): void {
        root.stack.push(unitChecks, {"model": root.models.unitChecks()});
    }

    function openObjection(checkId: string): void {
        root.stack.push(objection, {"model": root.models.fieldEdit(checkId, "objection"), "about": root.models.unitCheck(checkId)});
    }

    function openSearch(): void {
        root.stack.push(search, {"model": root.models.search()});
    }

    function openSettings(): void {
        root.stack.push(settingsPage);
    }

    function openMore(): void {
        root.stack.push(morePage);
    }

    function openShortcuts(): void {
        if (!(root.stack.currentItem instanceof ShortcutsPage))
            root.stack.push(shortcutsPage);
    }

    // The place of the program that a page of these belongs to; empty: none of these pages.
    function placeOf(page: string): string {
        const places = {
            "place": "checks",
            "check": "checks",
            "our-checks": "checks",
            "objection": "checks",
            "shortcuts": "settings"
        };
        return places[page] ?? "";
    }

    // What `hezhang --page` names, at its slashes. The places themselves are open already.
    function open(parts: var): void {
        const id = index => parts[index] ?? "";
        const ways = {
            "place": () => openPlacePage(id(2), id(1)),
            "check": () => openCheck(id(1), id(2), id(3), id(4)),
            "search": () => (root.stack.currentItem as SearchPage).model.needle = id(1),
            "our-checks": () => root.session.seesEveryUnit && openUnitChecks(),
            "objection": () => openObjection(id(1)),
            "shortcuts": () => openShortcuts()
        };
        if (parts[0] in ways)
            ways[parts[0]]();
    }

    function openFound(page: string, taskId: string, unitId: string, windowId: string, recordId: string): void {
        if (page === "filing")
            root.filingPicked(taskId, unitId, windowId);
        else if (page === "place")
            openPlacePage(recordId, unitId);
        else
            root.taskPicked(taskId);
    }

    visible: false

    Component {
        id: checks

        ChecksPage {
            onPlacePicked: (placeId, unitId) => root.openPlacePage(placeId, unitId)
        }
    }

    Component {
        id: place

        PlacePage {
            onBack: root.stack.pop()
            onCheckPicked: (taskId, unitId, placeId, checkId) => root.openCheck(taskId, unitId, placeId, checkId)
        }
    }

    Component {
        id: check

        CheckPage {
            onBack: root.stack.pop()
            onSaved: root.stack.pop()
        }
    }

    Component {
        id: unitChecks

        UnitChecksPage {
            onBack: root.stack.pop()
            onTaskPicked: taskId => root.taskPicked(taskId)
            onObjectionPicked: checkId => root.openObjection(checkId)
        }
    }

    Component {
        id: objection

        ObjectionPage {
            onBack: root.stack.pop()
        }
    }

    Component {
        id: search

        SearchPage {
            onPicked: (page, taskId, unitId, windowId, recordId) => root.openFound(page, taskId, unitId, windowId, recordId)
        }
    }

    Component {
        id: settingsPage

        SettingsPage {
            settings: root.settings
            session: root.session

            onShortcutsPicked: root.openShortcuts()
        }
    }

    Component {
        id: shortcutsPage

        ShortcutsPage {
            shortcuts: root.shortcuts

            onBack: root.stack.pop()
        }
    }

    Component {
        id: morePage

        MorePage {
            places: root.places.behindMore.map(place => root.places.row(place))
            who: States.line([root.session.unitName, root.session.personName])

            onPicked: place => root.placePicked(place)
        }
    }
}
