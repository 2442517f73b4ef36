// A security log that is whole, and changes that break its chain. The oldest entries have been dropped.
#include "app/check/planted_test.h"

namespace bramble::check {

const char* const sound_security_log = R"sql(
INSERT INTO security.entry (prev_hash, seq, at, kind, principal, address, subject, detail, times, hash) VALUES
  ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 3, 100, 'sign_in', 'usr_1', '192.0.2.1',
   'phone …4567', 'by code', 1, '18ce75f8ad401c4ca079c6c586059dc6686193c713827022f0cf08f97a6463cf'),
  ('18ce75f8ad401c4ca079c6c586059dc6686193c713827022f0cf08f97a6463cf', 4, 110, 'token_reused', 'usr_1', '192.0.2.9',
   'session f1', 'a refresh token came again', 1, '56799ba63dd2f0739b13ced902c24d7ab3451385ccb95f495ea2c6df1bc2d040'),
  ('56799ba63dd2f0739b13ced902c24d7ab3451385ccb95f495ea2c6df1bc2d040', 5, 110, 'throttled', '', '198.51.100.7',
   'request_code', 'too_many_codes', 1980, 'df5b84e53be96dd3c3451582104f42e2ed9560921f4f6792b410f399b3b363a4'),
  ('df5b84e53be96dd3c3451582104f42e2ed9560921f4f6792b410f399b3b363a4', 6, 150, 'sign_out', 'usr_2', '192.0.2.2',
   'session f2', '', 1, 'c50939ad59b3ea7686fe045045100b5bad7f8ad9c55cca5f41993d2819412603');
UPDATE security.chain_end SET seq = 2, hash = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' WHERE name = 'first';
UPDATE security.chain_end SET seq = 6, hash = 'c50939ad59b3ea7686fe045045100b5bad7f8ad9c55cca5f41993d2819412603' WHERE name = 'last';
)sql";

std::vector<Plant> security_plants() {
  const char* const table = "security.entry";
  return {
      {"I25_AnEntryIsAltered", "I25", table, "An entry is what was hashed.",
       "UPDATE security.entry SET principal = 'usr_9' WHERE seq = 4"},
      {"I25_AnEntryIsRemoved", "I25", table, "Entries are numbered without a gap.",
       "DELETE FROM security.entry WHERE seq = 4"},
      {"I25_TheNewestEntryIsRemoved", "I25", table, "The log ends where its end says.",
       "DELETE FROM security.entry WHERE seq = 6"},
      {"I25_TheOldestEntryIsRemoved", "I25", table, "Entries are numbered without a gap.",
       "DELETE FROM security.entry WHERE seq = 3"},
      {"I25_EntriesChangePlaces", "I25", table, "An entry holds the hash of the one before.",
       "UPDATE security.entry SET seq = 100 WHERE seq = 4; UPDATE security.entry SET seq = 4 WHERE seq = 5;"
       "UPDATE security.entry SET seq = 5 WHERE seq = 100"},
      {"I25_AnEntryIsAddedBesideTheChain", "I25", table, "The log ends where its end says.",
       "INSERT INTO security.entry SELECT 7, hash, at, kind, principal, address, subject, detail, times, hash"
       " FROM security.entry WHERE seq = 6"},
      {"I25_TheChainHasNoEnd", "I25", table, "The chain has two ends.",
       "DELETE FROM security.chain_end WHERE name = 'last'"},
      {"I25_AnEntryIsAlteredAndHashedAnew", "I25", table, "An entry holds the hash of the one before.",
       "UPDATE security.entry SET times = 1, hash = "
       "'b53899618a3f1e00b4f648c1eef688f7f5bbe4183924080860b59a8260a7206c' WHERE seq = 5"},
  };
}

}  // namespace bramble::check
