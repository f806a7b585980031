-- name: how many standard errors a 95 % interval of a mean reaches to either side
-- grain: one number
-- keys: none
-- reads: nothing
-- The 0.975 quantile of Student's t, which PostgreSQL lacks: tabulated up to 30 degrees of freedom, then the expansion in
-- 1 / degrees of Abramowitz and Stegun 26.7.5, which is right to 2e-6 there.
CREATE OR REPLACE FUNCTION student_t_95(degrees double precision)
RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN degrees >= 1 AND degrees <= 30 THEN (
        ARRAY [
            12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139,
            2.200985, 2.178813, 2.160369, 2.144787, 2.131450, 2.119905, 2.109816, 2.100922, 2.093024, 2.085963,
            2.079614, 2.073873, 2.068658, 2.063899, 2.059539, 2.055529, 2.051831, 2.048407, 2.045230, 2.042272
        ]::double precision []
    ) [floor(degrees)::integer]
    WHEN degrees > 30 THEN 1.959963985 + 2.372271231 / degrees + 2.822498616 / degrees ^ 2 + 2.555849680 / degrees ^ 3
END;
COMMENT ON FUNCTION student_t_95(double precision) IS
'The 0.975 quantile of Student''s t: a 95 % interval is the mean plus and minus so many standard errors. degrees of freedom, 1 or more, rounded down up to 30; NULL below 1';
