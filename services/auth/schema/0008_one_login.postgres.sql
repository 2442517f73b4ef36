-- As in 0007_one_login.sqlite.sql. COLLATE "C": only ASCII letters have a lower case, as in the code.
UPDATE staff SET login = LOWER(login COLLATE "C")
 WHERE login <> LOWER(login COLLATE "C")
   AND NOT EXISTS (SELECT 1 FROM staff other
                    WHERE other.user_id <> staff.user_id
                      AND LOWER(other.login COLLATE "C") = LOWER(staff.login COLLATE "C"));
