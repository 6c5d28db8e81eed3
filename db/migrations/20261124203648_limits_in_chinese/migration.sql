-- People in the warehouse read where a limit comes from.
UPDATE "temperature_rules" SET "source" = 'GB 31605-2020 §3.1（超温须报警）；限值为行业惯例，待核对'
WHERE "source" = 'GB 31605-2020 §3.1 asks for an alarm; values: trade default, to be verified';
