// What rpcgen says of contracts that no code can be made of.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

// What protoc prints for a contract of this body; empty if it made its code.
std::string refusal(const std::string& body) {
  std::string folder = std::filesystem::temp_directory_path() / "rpcgen-XXXXXX";
  if (!mkdtemp(folder.data())) return "no folder";
  std::ofstream(folder + "/bad.proto")
      << "syntax = \"proto3\"; package bramble.bad; import \"bramble/options.proto\"; " << body;
  std::string source = BRAMBLE_SOURCE_FOLDER;
  auto command = "protoc --plugin=protoc-gen-bramble=" + source +
                 "/tools/rpcgen/rpcgen --bramble_out=" + folder + " -I " + folder + " -I " + source +
                 "/tools/rpcgen bad.proto 2> " + folder + "/said";
  bool refused = std::system(command.c_str()) != 0;
  std::ostringstream said;
  said << std::ifstream(folder + "/said").rdbuf();
  std::filesystem::remove_all(folder);
  return refused ? said.str() : "";
}

TEST(Generator, SaysWhatIsWrongWithAContract) {
  struct Case {
    std::string body, word;
  };
  for (const auto& [body, word] : std::vector<Case>{
           {"message E { option (bramble.event) = true; string a = 1; }", "(bramble.key)"},
           {"message M { oneof x { string a = 1; string b = 2; } }", "oneof"},
           {"message M { float f = 1; }", "not for contracts"},
           {"message M { map<int32, string> m = 1; }", "string keys"},
           {"message M { M inner = 1; }", "contains itself"},
           {"message M { string a = 1 [(bramble.id) = \"Nobody\"]; }", "NobodyId"},
           {"message M { string a = 1 [(bramble.pattern) = \"nice\"]; }", "pattern"},
           {"message M { string a = 1 [(bramble.time) = true]; }", "int64"},
           {"message M {} service S { rpc A(stream M) returns (M); }", "streams"},
           {"message M {} service S { rpc A(M) returns (M) { option (bramble.http) = \"FETCH /\"; } }",
            "http"},
           {"message M {} service S { rpc A(M) returns (M) { option (bramble.http) = \"GET /{x}\"; } }",
            "{x}"},
           {"message N {} message M { N n = 1; } service S { rpc A(M) returns (M) "
            "{ option (bramble.http) = \"GET /\"; } }",
            "query"},
       }) {
    auto said = refusal(body);
    EXPECT_NE(said.find(word), std::string::npos) << body << "\n" << said;
  }
  EXPECT_EQ(refusal("message M { repeated M inner = 1; }"), "");
}

}  // namespace
