-- I25 auth.staff
-- An account has roles, and a worker has a site.
SELECT login, 'roles, and a site for a worker', '"' || roles || '" at ' || COALESCE(site_id, 'no site')
  FROM auth.staff
 WHERE roles = '' OR (site_id IS NULL AND ' ' || roles || ' ' LIKE '% warehouse %');
