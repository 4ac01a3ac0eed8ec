-- How far the logs of the residencies in reach go. Result: part, title, day, number: how many logged in the period,
-- counted no further than `enough` ('logged'); how many running ones did not ('silent'); running ones that may be opened without
-- an entry in its last month or since, the first by code with the last day logged and how many there are ('quiet').
WITH running AS MATERIALIZED (
    SELECT id, code, is_open FROM reach
    WHERE stage = 'active' AND id NOT IN (
        SELECT residency_id FROM programmes_activitymonth WHERE month = %(last)s AND entries > 0
    )
),
quiet AS MATERIALIZED (
    SELECT id, code FROM running
    WHERE is_open AND NOT EXISTS (
        SELECT FROM programmes_activitymonth m
        WHERE m.residency_id = running.id AND m.month > %(last)s AND m.entries > 0
    )
)
SELECT 'logged', '', NULL::date, count(*) FROM (
    SELECT FROM reach
    WHERE EXISTS (
        SELECT FROM programmes_activitymonth m
        WHERE m.residency_id = reach.id AND m.month >= %(start)s AND m.month < %(end)s AND m.entries > 0
    )
    LIMIT %(enough)s
) told
UNION ALL
SELECT 'silent', '', NULL, count(*) FROM running
WHERE NOT EXISTS (
    SELECT FROM programmes_activitymonth m
    WHERE m.residency_id = running.id AND m.month >= %(start)s AND m.month < %(end)s AND m.entries > 0
)
UNION ALL
(
    SELECT 'quiet', (SELECT title FROM programmes_residency r WHERE r.id = quiet.id), (
        SELECT m.last_logged_on FROM programmes_activitymonth m
        WHERE m.residency_id = quiet.id AND m.entries > 0
        ORDER BY m.month DESC LIMIT 1
    ), (SELECT count(*) FROM quiet)
    FROM quiet
    ORDER BY code COLLATE "C"
    LIMIT %(most)s
)
