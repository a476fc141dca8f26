package dev.apg.contract.account;

import java.util.List;

/**
 * What a person has issued that is good, with what was issued by that in turn.
 *
 * @param items the newest, at most a hundred
 * @param totalCount how many there are
 */
public record IssuedMachines(List<IssuedMachine> items, long totalCount) {}
