// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The tests of the client's models, with an event loop. Called with a role, it is the process that a test
// kills.
#include <gmock/gmock.h>

#include <QGuiApplication>

#include "tests/ui/typist.h"

int main(int argc, char** argv) {
    ::testing::InitGoogleMock(&argc, argv);
    QGuiApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("typist")) {
        return hezhang::test::runTypist(arguments.mid(2));
    }
    return RUN_ALL_TESTS();
}
