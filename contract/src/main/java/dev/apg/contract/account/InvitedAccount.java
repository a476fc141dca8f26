package dev.apg.contract.account;

/** An account that was just invited, and how the person comes in. */
public record InvitedAccount(Account account, Invitation invitation) {}
