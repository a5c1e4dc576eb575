// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/message_table.h"

namespace hezhang::ui {

// No default: a new code stops the build until it has its words.
Message MessageTable::of(ErrorCode code) {
    switch (code) {
    case ErrorCode::internal:
        return {tr("The program has made a mistake."),
                tr("Your saved work is safe. Please report what you did.")};
    case ErrorCode::usage:
        return {tr("Something is missing or not in the right form."), tr("Check what you entered.")};
    case ErrorCode::ambiguous:
        return {tr("Several things have this name."), tr("Pick one of them.")};
    case ErrorCode::notFound:
        return {tr("It is not here."), tr("Check the name, or sync first.")};
    case ErrorCode::fileNotFound:
        return {tr("The file is not there."), tr("Check where it is and pick it again.")};
    case ErrorCode::fileUnreadable:
        return {tr("The file cannot be read."), tr("Check the file and who may read it.")};
    case ErrorCode::fileTooLarge:
        return {tr("The file is too large."), tr("Pick a file of at most 4 MB.")};
    case ErrorCode::fileUnwritable:
        return {tr("The folder cannot be written."),
                tr("Check the folder, who may write it, and the free space.")};
    case ErrorCode::badInput:
        return {tr("What was entered cannot be used."), tr("Correct it and try again.")};
    case ErrorCode::noTasks:
        return {tr("No tasks were found in the document."),
                tr("Pick the document that holds the task table.")};
    case ErrorCode::unknownFormat:
        return {tr("This kind of file is not known."), tr("Pick a Word, Excel or text file.")};
    case ErrorCode::unknownRegister:
        return {tr("This county has no such ledger."), tr("Sync first, or ask the county office.")};
    case ErrorCode::unknownField:
        return {tr("This version does not know that field."), tr("Install the newest version.")};
    case ErrorCode::unknownRecord:
        return {tr("The entry is not on this device or was deleted."), tr("Sync first.")};
    case ErrorCode::unknownUnit:
        return {tr("This unit is not known."), tr("Check its name, or sync first.")};
    case ErrorCode::badValue:
        return {tr("The value does not fit this field."), tr("Correct it and save again.")};
    case ErrorCode::noRight:
        return {tr("You may not change this."), tr("Ask the county office.")};
    case ErrorCode::windowClosed:
        return {tr("The reporting window is closed."), tr("Ask the county office to reopen it.")};
    case ErrorCode::conflict:
        return {tr("Several people wrote different things here."), tr("Settle the conflict first.")};
    case ErrorCode::changed:
        return {tr("It has changed since you looked at it."),
                tr("Look at the present text and decide again.")};
    case ErrorCode::malformed:
        return {tr("The data is damaged or not ours."), tr("Get it again.")};
    case ErrorCode::tooLarge:
        return {tr("It is too long."), tr("Make it shorter or split it.")};
    case ErrorCode::badSignature:
    case ErrorCode::proofInvalid:
        return {tr("The data was changed on its way or comes from somebody else."),
                tr("Do not trust it; tell the county office.")};
    case ErrorCode::wrongVersion:
        return {tr("The other side has another version."), tr("Install the newest version.")};
    case ErrorCode::notEnrolled:
        return {tr("This device does not belong to a county yet."),
                tr("Enter the invitation of the county office.")};
    case ErrorCode::alreadyEnrolled:
        return {tr("This folder belongs to a county already."), tr("Open it, or pick another folder.")};
    case ErrorCode::badCode:
        return {tr("The invitation code is wrong, was used, or has expired."),
                tr("Ask the county office for a new one.")};
    case ErrorCode::revoked:
        return {tr("The county office has stopped this device."),
                tr("Your unsent work is kept. Ask the county office.")};
    case ErrorCode::refused:
        return {tr("The county did not take it."), tr("It is kept here. Ask the county office.")};
    case ErrorCode::unreachable:
        return {tr("The county cannot be reached."), tr("Go on working; everything is kept and sent later.")};
    case ErrorCode::timedOut:
        return {tr("The county does not answer."), tr("Go on working; everything is kept and sent later.")};
    case ErrorCode::notOurServer:
        return {tr("What answered is not the county."),
                tr("Log in to the network first, or check the address.")};
    case ErrorCode::cancelled:
        return {tr("It was stopped."), tr("Start it again when you want.")};
    case ErrorCode::epochChanged:
        return {tr("The county has been restored."), tr("Sync again.")};
    case ErrorCode::syncRunning:
        return {tr("Another program is syncing this folder."), tr("Wait until it is done.")};
    case ErrorCode::inUse:
        return {tr("Another program uses it."), tr("Close that program first.")};
    case ErrorCode::storageBusy:
        return {tr("It is busy at this moment."), tr("Try again in a moment.")};
    case ErrorCode::storageFull:
        return {tr("The disk is full."), tr("Make space and do it again. What was saved stays.")};
    case ErrorCode::storageCorrupt:
        return {tr("The data of this device is damaged."),
                tr("Stop writing and ask the county office; it can be restored.")};
    case ErrorCode::storageFailed:
        return {tr("The disk does not work as it should."), tr("Check the disk. What was saved stays.")};
    case ErrorCode::tooMany:
        return {tr("Too many invitations are open."), tr("Wait until some are used or have expired.")};
    case ErrorCode::ownDevice:
        return {tr("A device cannot stop itself."), tr("Use another device of the county office.")};
    case ErrorCode::otherCounty:
        return {tr("The file is of another county."), tr("Take it to the county it is for.")};
    case ErrorCode::otherDevice:
        return {tr("The file is for another device."), tr("Take it to the device it is for.")};
    case ErrorCode::outdated:
        return {tr("The file no longer fits this device."),
                tr("Write a new file for the county. Nothing is lost.")};
    case ErrorCode::unsentWork:
        return {tr("There is work here that the county does not have yet."), tr("Sync first.")};
    case ErrorCode::historyAbsent:
        return {tr("This part of the history is not on this device yet."),
                tr("It comes with the next syncs.")};
    case ErrorCode::wiped:
        return {
            tr("The county office has stopped this device and had it emptied."),
            tr("What had not been sent was handed in first. To work here again, ask the county office for a "
               "new invitation.")};
    }
    return {tr("The program has made a mistake."),
            tr("Your saved work is safe. Please report what you did.")};
}

Message MessageTable::ofOnline(ErrorCode code) {
    switch (code) {
    case ErrorCode::unreachable:
        return {tr("The county cannot be reached."),
                tr("This needs the network and is not sent later. Try again when there is one.")};
    case ErrorCode::timedOut:
        return {tr("The county does not answer."),
                tr("It may have arrived. Try again: it is done only once.")};
    case ErrorCode::ambiguous:
        return {tr("The unit has a person of this name already."),
                tr("Pick the person from the list, or enter the name with something that tells them apart.")};
    case ErrorCode::badCode:
        return {tr("This invitation was used, has expired or was withdrawn."),
                tr("Make it once more for a new code.")};
    case ErrorCode::notFound:
        return {tr("The county does not have it any more."), tr("Look at the list again.")};
    case ErrorCode::wrongVersion:
        return {tr("The county's program is older than this one."),
                tr("It has to be brought up to date first.")};
    default:
        return of(code);
    }
}

Message MessageTable::ofReason(const QString& reason) {
    if (reason == QLatin1String("noRight")) {
        return {tr("The author has no right to change this, or none any more."),
                tr("Ask the county office to adopt or drop it.")};
    }
    if (reason == QLatin1String("windowClosed")) {
        return {tr("It arrived after the reporting window was closed."),
                tr("Ask the county office to take it in late.")};
    }
    if (reason == QLatin1String("sealed")) {
        return {tr("The year's ledger is sealed."), tr("Ask the county office for a correction.")};
    }
    if (reason == QLatin1String("revoked")) {
        return {tr("The device or person was stopped."),
                tr("The county office decides whether it is adopted.")};
    }
    if (reason == QLatin1String("unknownRecord")) {
        return {tr("The county does not have the entry it belongs to."),
                tr("Sync first, or ask the county office.")};
    }
    if (reason == QLatin1String("missingContext")) {
        return {tr("The county does not have what the author saw."),
                tr("The county office checks and adopts it.")};
    }
    if (reason == QLatin1String("badValue") || reason == QLatin1String("wrongKind")) {
        return {tr("The content does not fit the field."), tr("Correct it and save it again.")};
    }
    if (reason == QLatin1String("limit")) {
        return {tr("Too many different values stand side by side."), tr("Settle the conflict first.")};
    }
    return {tr("The county did not take it."), tr("It is kept here. Ask the county office.")};
}

}  // namespace hezhang::ui
