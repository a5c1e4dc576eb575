// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The design tokens: every colour, size and duration of the client. Lengths are in device-independent pixels, durations in
// milliseconds. What a window sets: dark, textScale, motion, windowWidth. docs/design-system.md says what each is for.
pragma Singleton

import QtQuick

QtObject {
    id: root

    // --- set by the window ---
    property bool dark: false
    property real textScale: 1.0
    property bool motion: true
    property real windowWidth: 1280

    // --- widths ---
    readonly property real textScaleLarge: 1.35
    readonly property int tabletMin: 600
    readonly property int desktopMin: 1000
    readonly property bool phone: windowWidth < tabletMin
    readonly property bool tablet: windowWidth >= tabletMin && windowWidth < desktopMin
    readonly property bool desktop: windowWidth >= desktopMin

    // --- surfaces: paper and ink ---
    readonly property color page: dark ? "#11171A" : "#F5F3EE"
    readonly property color surface: dark ? "#1A2226" : "#FFFFFF"
    readonly property color surfaceSunken: dark ? "#151C1F" : "#EDEAE3"
    readonly property color surfaceHover: dark ? "#232D32" : "#F6F5F1"
    readonly property color surfacePressed: dark ? "#2A363B" : "#ECEAE4"
    readonly property color line: dark ? "#2E393E" : "#E0DCD3"
    readonly property color lineStrong: dark ? "#7E8D94" : "#858078"
    readonly property color shade: dark ? "#B3000000" : "#73141A1D"
    readonly property color shadow: dark ? "#66000000" : "#1F1D2326"

    // --- text ---
    readonly property color text: dark ? "#E8EDEE" : "#1C2327"
    readonly property color textMuted: dark ? "#A6B3B8" : "#566167"
    readonly property color textDisabled: dark ? "#75838A" : "#8D9296"

    // --- the one accent: ink teal ---
    readonly property color accent: dark ? "#7CC6D0" : "#16606C"
    readonly property color accentHover: dark ? "#93D3DB" : "#124F59"
    readonly property color accentPressed: dark ? "#66B4BF" : "#0E3F48"
    readonly property color accentSoft: dark ? "#1C3B42" : "#DCEBEC"
    readonly property color inkOnAccent: dark ? "#08272D" : "#FFFFFF"
    readonly property color focus: dark ? "#9BDCE5" : "#0B7285"

    // --- tones: what a state is painted in; each state has an icon of its own too (States.qml) ---
    readonly property color neutralText: dark ? "#B7C3C8" : "#4C575D"
    readonly property color neutralSoft: dark ? "#283237" : "#ECEBE6"
    readonly property color infoText: dark ? "#92BDF2" : "#23559B"
    readonly property color infoSoft: dark ? "#1B2E47" : "#E2ECF8"
    readonly property color goodText: dark ? "#8CCBA0" : "#22653A"
    readonly property color goodSoft: dark ? "#1B3526" : "#E0F0E4"
    readonly property color warnText: dark ? "#E8BC6E" : "#7C4A03"
    readonly property color warnSoft: dark ? "#3A2D15" : "#FBEED5"
    readonly property color badText: dark ? "#F4A096" : "#A5281E"
    readonly property color badSoft: dark ? "#44211D" : "#FBE5E1"
    readonly property color conflictText: dark ? "#DFA8DC" : "#7E2C7B"
    readonly property color conflictSoft: dark ? "#3B2340" : "#F5E4F4"
    readonly property color danger: dark ? "#F08A7E" : "#A5281E"
    readonly property color dangerHover: dark ? "#F5A197" : "#8C1F17"
    readonly property color inkOnDanger: dark ? "#33100C" : "#FFFFFF"

    // --- type: sizes grow with textScale, headings less, so that a line still holds some words ---
    readonly property string fontFamily: "Noto Sans CJK SC"
    readonly property string fontFamilyMono: "Noto Sans Mono CJK SC"
    readonly property int sizeCaption: Math.round(13 * textScale)
    readonly property int sizeSmall: Math.round(14 * textScale)
    readonly property int sizeBody: Math.round(16 * textScale)
    readonly property int sizeTitle: Math.round(18 * (1 + (textScale - 1) * 0.85))
    readonly property int sizeHeading: Math.round(22 * (1 + (textScale - 1) * 0.7))
    readonly property int sizeDisplay: Math.round(30 * (1 + (textScale - 1) * 0.5))

    // --- spacing: multiples of four ---
    readonly property int space1: 4
    readonly property int space2: 8
    readonly property int space3: 12
    readonly property int space4: 16
    readonly property int space5: 24
    readonly property int space6: 32
    readonly property int space7: 48
    readonly property int gutter: phone ? space4 : space5

    // --- shape ---
    readonly property int radiusSmall: 6
    readonly property int radius: 10
    readonly property int radiusLarge: 14
    readonly property int target: 48
    readonly property int control: Math.max(target, Math.round(30 * textScale) + 18)
    readonly property int icon: Math.round(22 * (1 + (textScale - 1) * 0.6))
    readonly property int iconSmall: Math.round(17 * (1 + (textScale - 1) * 0.7))
    readonly property int readingWidth: Math.round(760 * (1 + (textScale - 1) * 0.6))

    // --- motion ---
    readonly property int fast: motion ? 110 : 0
    readonly property int normal: motion ? 190 : 0
    readonly property int slow: motion ? 320 : 0

    // The two colours of a tone: neutral, accent, info, good, warn, bad, conflict.
    function toneText(tone: string): color {
        return tone === "accent" ? root.accent : root[tone + "Text"] ?? root.neutralText;
    }

    function toneSoft(tone: string): color {
        return root[tone + "Soft"] ?? root.neutralSoft;
    }
}
