-- How far the logs of the residencies in reach go. Result: part, title, day, number: how many logged in the period
-- ('logged', 'running'); and the running ones that may be opened without an entry in its last month or since, the first
-- of them by code with the last day logged, and how many there are ('quiet').
WITH reach (id, code, title, stage, is_open) AS MATERIALIZED ({reach}),
told AS MATERIALIZED (
    SELECT residency_id AS id, min(month) < %(end)s AS in_period, max(month) >= %(last)s AS in_last
    FROM programmes_activitymonth
    WHERE month >= %(start)s AND entries > 0 AND residency_id IN (SELECT id FROM reach)
    GROUP BY residency_id
),
quiet AS (
    SELECT id, code, title FROM reach LEFT JOIN told USING (id)
    WHERE stage = 'active' AND is_open AND in_last IS NOT TRUE
)
SELECT 'logged', '', NULL::date, count(*) FROM told WHERE in_period
UNION ALL
SELECT 'running', '', NULL, count(*) FROM told JOIN reach USING (id) WHERE in_period AND stage = 'active'
UNION ALL
(
    SELECT 'quiet', title, (
        SELECT m.last_logged_on FROM programmes_activitymonth m
        WHERE m.residency_id = quiet.id AND m.entries > 0
        ORDER BY m.month DESC LIMIT 1
    ), (SELECT count(*) FROM quiet)
    FROM quiet
    ORDER BY code COLLATE "C"
    LIMIT %(most)s
)
