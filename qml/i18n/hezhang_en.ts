<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CheckPage</name>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>in %n day</numerusform>
            <numerusform>in %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckWords</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChecksPage</name>
    <message numerus="yes">
        <source>Second look due at %n place(s)</source>
        <translation>
            <numerusform>Second look due at %n place</numerusform>
            <numerusform>Second look due at %n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second look(s) due</source>
        <translation>
            <numerusform>%n second look due</numerusform>
            <numerusform>%n second looks due</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to be put right</source>
        <translation>
            <numerusform>%n to be put right</numerusform>
            <numerusform>%n to be put right</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n objection(s)</source>
        <translation>
            <numerusform>%n objection</numerusform>
            <numerusform>%n objections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeviceListPage</name>
    <message numerus="yes">
        <source>%n device(s) went on in two copies</source>
        <translation>
            <numerusform>%n device went on in two copies</numerusform>
            <numerusform>%n devices went on in two copies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilingCard</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilingPage</name>
    <message numerus="yes">
        <source>%n so far</source>
        <translation>
            <numerusform>%n so far</numerusform>
            <numerusform>%n so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message numerus="yes">
        <source>Make the ledger: %n task(s)</source>
        <translation>
            <numerusform>Make the ledger: %n task</numerusform>
            <numerusform>Make the ledger: %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubt(s) left; they can also be settled later.</source>
        <translation>
            <numerusform>%n doubt left; it can also be settled later.</numerusform>
            <numerusform>%n doubts left; they can also be settled later.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubt(s)</source>
        <translation>
            <numerusform>%n doubt</numerusform>
            <numerusform>%n doubts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Make the ledger with %n doubt(s)?</source>
        <translation>
            <numerusform>Make the ledger with %n doubt?</numerusform>
            <numerusform>Make the ledger with %n doubts?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to be chosen</source>
        <translation>
            <numerusform>%n to be chosen</numerusform>
            <numerusform>%n to be chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportUpdatePart</name>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n task</numerusform>
            <numerusform>%n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) that people changed in the ledger stay as they are</source>
        <translation>
            <numerusform>%n text that people changed in the ledger stays as it is</numerusform>
            <numerusform>%n texts that people changed in the ledger stay as they are</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n report(s) on it</source>
        <translation>
            <numerusform>%n report on it</numerusform>
            <numerusform>%n reports on it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InboxPage</name>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n conflict</numerusform>
            <numerusform>%n conflicts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LateFilingCard</name>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>%n edit</numerusform>
            <numerusform>%n edits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MatrixPage</name>
    <message numerus="yes">
        <source>Not submitted: %n report(s)</source>
        <translation>
            <numerusform>Not submitted: %n report</numerusform>
            <numerusform>Not submitted: %n reports</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contradiction(s)</source>
        <translation>
            <numerusform>%n contradiction</numerusform>
            <numerusform>%n contradictions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NavItem</name>
    <message numerus="yes">
        <source>%1, %n waiting</source>
        <translation>
            <numerusform>%1, %n waiting</numerusform>
            <numerusform>%1, %n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ParagraphListPage</name>
    <message numerus="yes">
        <source>%n paragraph(s) to be decided</source>
        <translation>
            <numerusform>%n paragraph to be decided</numerusform>
            <numerusform>%n paragraphs to be decided</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unit(s)</source>
        <translation>
            <numerusform>%n unit</numerusform>
            <numerusform>%n units</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReturnedFormPage</name>
    <message numerus="yes">
        <source>%n report(s) will be entered</source>
        <translation>
            <numerusform>%n report will be entered</numerusform>
            <numerusform>%n reports will be entered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) since it was approved</source>
        <translation>
            <numerusform>%n edit since it was approved</numerusform>
            <numerusform>%n edits since it was approved</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncIndicator</name>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>%n not sent</numerusform>
            <numerusform>%n not sent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>%n edit</numerusform>
            <numerusform>%n edits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskListPage</name>
    <message numerus="yes">
        <source>%n text(s) of yours were not taken</source>
        <translation>
            <numerusform>One text of yours was not taken</numerusform>
            <numerusform>%n texts of yours were not taken</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnitChecksPage</name>
    <message numerus="yes">
        <source>%n to be put right</source>
        <translation>
            <numerusform>%n to be put right</numerusform>
            <numerusform>%n to be put right</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnitListPage</name>
    <message numerus="yes">
        <source>%n unit(s)</source>
        <translation>
            <numerusform>%n unit</numerusform>
            <numerusform>%n units</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WindowListPage</name>
    <message numerus="yes">
        <source>%n contradiction(s)</source>
        <translation>
            <numerusform>%n contradiction</numerusform>
            <numerusform>%n contradictions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WindowPage</name>
    <message numerus="yes">
        <source>%n edit(s) are not with the county yet</source>
        <translation>
            <numerusform>%n edit are not with the county yet</numerusform>
            <numerusform>%n edits are not with the county yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>YearLinkListPage</name>
    <message numerus="yes">
        <source>Link the %n certain one(s)</source>
        <translation>
            <numerusform>Link the %n certain one</numerusform>
            <numerusform>Link the %n certain ones</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hezhang::ui::ContradictionListModel</name>
    <message numerus="yes">
        <source>%1: %n edit(s) since it was approved</source>
        <translation>
            <numerusform>%1: %n edit since it was approved</numerusform>
            <numerusform>%1: %n edits since it was approved</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hezhang::ui::EarlierTaskModel</name>
    <message numerus="yes">
        <source>%1, from %n unit(s)</source>
        <comment>sum of numbers done</comment>
        <translation>
            <numerusform>%1, from %n unit</numerusform>
            <numerusform>%1, from %n units</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hezhang::ui::ExportModel</name>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n task</numerusform>
            <numerusform>%n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n report(s)</source>
        <translation>
            <numerusform>%n report</numerusform>
            <numerusform>%n reports</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hezhang::ui::FormCodeModel</name>
    <message numerus="yes">
        <source>As it stood then; its reports were edited %n time(s) since</source>
        <translation>
            <numerusform>As it stood then; its reports were edited %n time since</numerusform>
            <numerusform>As it stood then; its reports were edited %n times since</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hezhang::ui::Format</name>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>overdue by %n day(s)</source>
        <translation>
            <numerusform>overdue by %n day</numerusform>
            <numerusform>overdue by %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hezhang::ui::ImportModel</name>
    <message numerus="yes">
        <source>%n task(s) new</source>
        <translation>
            <numerusform>%n task new</numerusform>
            <numerusform>%n tasks new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without its unit</source>
        <translation>
            <numerusform>%n without its unit</numerusform>
            <numerusform>%n without their units</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hezhang::ui::ParagraphModel</name>
    <message numerus="yes">
        <source>%1, from %n unit(s)</source>
        <comment>sum of numbers done</comment>
        <translation>
            <numerusform>%1, from %n unit</numerusform>
            <numerusform>%1, from %n units</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hezhang::ui::ReturnedFormModel</name>
    <message numerus="yes">
        <source>%n report(s) entered and handed in.</source>
        <translation>
            <numerusform>%n report entered and handed in.</numerusform>
            <numerusform>%n reports entered and handed in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n report(s) entered, not handed in yet.</source>
        <translation>
            <numerusform>%n report entered, not handed in yet.</numerusform>
            <numerusform>%n reports entered, not handed in yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hezhang::ui::SyncStatus</name>
    <message numerus="yes">
        <source>This device&apos;s clock is %n minute(s) slow.</source>
        <translation>
            <numerusform>This device&apos;s clock is %n minute slow.</numerusform>
            <numerusform>This device&apos;s clock is %n minutes slow.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This device&apos;s clock is %n minute(s) fast.</source>
        <translation>
            <numerusform>This device&apos;s clock is %n minute fast.</numerusform>
            <numerusform>This device&apos;s clock is %n minutes fast.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Next try in %n minute(s)</source>
        <translation>
            <numerusform>Next try in %n minute</numerusform>
            <numerusform>Next try in %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hezhang::ui::WindowModel</name>
    <message numerus="yes">
        <source>task(s) %1</source>
        <translation>
            <numerusform>task %1</numerusform>
            <numerusform>tasks %1</numerusform>
        </translation>
    </message>
</context>
</TS>
