// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The one list of error codes. A code says what is wrong, not where; programs read its name in `--json`.
#pragma once

#include <cstdint>
#include <string_view>

namespace hezhang {

// What a caller can do about a failure.
enum class Retry : std::uint8_t {
    never,       // the same call fails again
    later,       // the same call may succeed later: busy, offline, disk full
    afterChange  // the caller has to change something first
};

// X(name, retry class, what a person should do, English; shown after the colon of the one-line error)
#define HZ_ERROR_CODES(X)                                                                            \
    X(internal, never, "please report this with the command you ran")                                \
    X(usage, afterChange, "see --help")                                                              \
    X(ambiguous, afterChange, "name one of the candidates")                                          \
    X(notFound, afterChange, "check the name or id")                                                 \
    X(fileNotFound, afterChange, "check the path")                                                   \
    X(fileUnreadable, afterChange, "check the file and its permissions")                             \
    X(fileTooLarge, afterChange, "use a smaller file")                                               \
    X(fileUnwritable, afterChange, "check the folder, its permissions and the free space")           \
    X(badInput, afterChange, "correct the input and run it again")                                   \
    X(noTasks, afterChange, "give the document that holds the task table or the numbered tasks")     \
    X(unknownFormat, afterChange, "use a supported file type")                                       \
    X(unknownRegister, afterChange, "name a register of this county")                                \
    X(unknownField, afterChange, "name a field of this register")                                    \
    X(unknownRecord, afterChange, "check the id, or sync first")                                     \
    X(unknownUnit, afterChange, "check the name, or sync first")                                     \
    X(badValue, afterChange, "give a value that fits the field")                                     \
    X(noRight, afterChange, "ask the county office")                                                 \
    X(windowClosed, afterChange, "ask the county office to reopen the window")                       \
    X(conflict, afterChange, "settle it with: hz resolve")                                           \
    X(changed, afterChange, "look at the present text first")                                        \
    X(malformed, never, "the data is damaged or not ours; get it again")                             \
    X(tooLarge, afterChange, "split it into smaller parts")                                          \
    X(badSignature, never, "the data was changed or comes from somebody else; do not trust it")      \
    X(proofInvalid, never, "the data was changed or comes from somebody else; do not trust it")      \
    X(wrongVersion, afterChange, "upgrade the older of the two programs")                            \
    X(notEnrolled, afterChange, "enroll this folder first: hz enroll URL CODE")                      \
    X(alreadyEnrolled, afterChange, "use another folder: --home DIR")                                \
    X(badCode, afterChange, "ask the county office for a new invitation")                            \
    X(revoked, never, "this device was revoked; its unsent work is kept, ask the county office")     \
    X(refused, never, "ask the county office")                                                       \
    X(unreachable, later, "check the network; your work is kept and goes out at the next sync")      \
    X(timedOut, later, "check the network; your work is kept and goes out at the next sync")         \
    X(notOurServer, later, "this is not the county's answer; log in to the network first or check the address") \
    X(cancelled, later, "run it again when you want")                                                \
    X(epochChanged, later, "run the sync again")                                                     \
    X(syncRunning, later, "wait for the other sync to end")                                          \
    X(inUse, afterChange, "stop the other program first, or choose another folder or port")          \
    X(storageBusy, later, "try again in a moment")                                                   \
    X(storageFull, later, "make space on the disk and do it again; what was saved stays")            \
    X(storageCorrupt, never, "do not write to this folder; restore it from a backup")                \
    X(storageFailed, later, "check the disk and the folder's permissions")                           \
    X(tooMany, afterChange, "wait until some of those that are open are used or have expired")       \
    X(ownDevice, afterChange, "use another device of the county office")                             \
    X(otherCounty, afterChange, "take the bundle to the county it is for")                           \
    X(otherDevice, afterChange, "take the answer to the device it is for, or let this one carry the question") \
    X(outdated, afterChange, "write a new bundle; nothing is lost")                                 \
    X(unsentWork, afterChange, "sync first, or take it along in a file: hz leave --bundle FILE") \
    X(wiped, never, "to work again ask the county office for a new invitation: hz enroll URL CODE") \
    X(historyAbsent, afterChange, "bring the history here: hz sync --history")

enum class ErrorCode : std::uint8_t {
#define HZ_X(name, retry, advice) name,
    HZ_ERROR_CODES(HZ_X)
#undef HZ_X
};

[[nodiscard]] constexpr std::string_view name(ErrorCode code) {
    switch (code) {
#define HZ_X(name, retry, advice) \
    case ErrorCode::name: return #name;
        HZ_ERROR_CODES(HZ_X)
#undef HZ_X
    }
    return "internal";
}

// Equal cases come of the table.
// NOLINTBEGIN(bugprone-branch-clone)
[[nodiscard]] constexpr Retry retryClass(ErrorCode code) {
    switch (code) {
#define HZ_X(name, retry, advice) \
    case ErrorCode::name: return Retry::retry;
        HZ_ERROR_CODES(HZ_X)
#undef HZ_X
    }
    return Retry::never;
}

// What a person should do about it, English.
[[nodiscard]] constexpr std::string_view advice(ErrorCode code) {
    switch (code) {
#define HZ_X(name, retry, text) \
    case ErrorCode::name: return text;
        HZ_ERROR_CODES(HZ_X)
#undef HZ_X
    }
    return "";
}
// NOLINTEND(bugprone-branch-clone)

}  // namespace hezhang
