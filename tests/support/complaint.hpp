// What a call complains of, in tests of errors.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "kernels/error.hpp"

namespace potentia::testing {

/// The line of error of a call about bad input; fails the test when it is of another kind or there is none.
template <class Call>
std::string complaint_about_input(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return "";
}

}  // namespace potentia::testing
