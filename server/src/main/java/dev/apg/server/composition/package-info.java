/**
 * Compositions: draft, resolve, validate, freeze, compare; {@code bundle} below makes the files.
 *
 * <p>Of each thing, a controller takes the request, a service has the rules and a repository the rows: {@code Composition…},
 * {@code Draft…}, {@code Resolve…}, {@code Revision…}; {@code FreezeService}, {@code ValidationService}, {@code WhyService} and {@code
 * OutdatedService} answer one question each. {@code CompositionHeads}, {@code FrozenLock}, {@code HiddenPrereleases} and {@code
 * RequestWords} are for other features.
 *
 * <p>Most of the others put into words what the resolver found. Who tells what:
 *
 * <ul>
 *   <li>a resolution as it travels: {@code Resolved} has it, {@code Resolutions} writes it, {@code ReasonChains} says why each version is
 *       there, {@code HeldBackReasons} and {@code Sentences} what is in the way of newer ones, {@code Explanations} why there is none;
 *       {@code PurgedVersions} and {@code HiddenPrereleases} tell what the solver does not see or take
 *   <li>a provider and those that were not taken: {@code ProviderChoices} finds them, {@code ProviderReasons} says what decided, {@code
 *       ServiceNeeds} tells it of a service, {@code OtherNeeds} who else needs a version, {@code PossibleVersion} why one that could be is not
 *   <li>two locks beside each other: {@code LockSide} is one of them, {@code Between} what lies between them; {@code LockDiff} says what
 *       moved, {@code MoveCauses} why, {@code Successor} why another provider came, {@code BindingDiff} and {@code DraftDiff} what else is
 *       different, {@code LeftBehind} what of it is a loss; {@code StatedNeeds} knows what versions say that they need
 *   <li>how versions and capabilities stand: {@code Standing}, {@code Standings}; {@code BecomeOf} says it of a lock or draft
 *   <li>what is outdated: {@code OutdatedEntries} with {@code LockedCapability}, {@code OutdatedPlan} with {@code PlannedSteps} and {@code
 *       RaiseWords}; {@code PlanReasons} says what is in the way in each state of the plan
 *   <li>a validation: {@code ChoiceChecks} and {@code ConfigurationChecks} look, {@code Findings} tells, {@code ProviderFixes} mends; {@code
 *       DraftWarnings} tells what is odd about a draft that was changed
 * </ul>
 */
@NullMarked
package dev.apg.server.composition;

import org.jspecify.annotations.NullMarked;
