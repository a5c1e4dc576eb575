// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Made-up words in the language shown. The ledger's own texts stay Chinese, as in a county.
pragma Singleton

import QtQuick

QtObject {
    readonly property bool zh: !Qt.uiLanguage.startsWith("en")

    function say(chinese: string, english: string): string {
        return zh ? chinese : english;
    }
}
