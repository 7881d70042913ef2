"""Who is given a lead (S1-6, S2-17): turns, weights, places, absence, owners of the account."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leadfarm.rules.clauses import Facts, Moment, parse
from leadfarm.rules.codes import Side
from leadfarm.rules.routing import ROUTING_FIELDS, Dealer, Given, How, Passed, Person, Pool, Seat

TODAY = date(2026, 3, 2)
MOMENT = Moment(datetime(2026, 3, 2, 10, tzinfo=UTC))
SALES = frozenset({Side.SALES})
DACH = {"all": [{"field": "country", "operator": "one_of", "value": ["de", "at", "ch"]}]}


def people(*rooms: int | None) -> dict[int, Person]:
    return {number: Person(number, SALES, room) for number, room in enumerate(rooms, 1)}


def everybody(persons: dict[int, Person]) -> Pool:
    return Pool(Side.SALES, [Seat(one) for one in persons.values()])


def rule(number: int, clause: dict[str, object], seats: list[Seat]) -> Pool:
    condition = parse(clause, ROUTING_FIELDS)
    return Pool(Side.SALES, seats, rule=number * 10, number=number, name="R", clause=condition)


def deals(dealer: Dealer, many: int, **facts: object) -> list[int]:
    given_ = (dealer.deal(Side.SALES, Facts(facts)) for _ in range(many))
    return [one.to for one in given_ if one is not None]


def choice(of: Dealer, facts: Facts = Facts(), **owners: int) -> Given:  # noqa: B008 - frozen
    one = of.deal(Side.SALES, facts, **owners)
    assert one is not None
    return one


def dealer(persons: dict[int, Person], *pools: Pool) -> Dealer:
    return Dealer(persons, pools, TODAY, MOMENT)


@given(weights=st.lists(st.integers(1, 5), min_size=1, max_size=8), rounds=st.integers(1, 12))
def test_s1_6_everybody_is_given_as_many_as_their_weight_says(
    weights: list[int], rounds: int
) -> None:
    persons = people(*[None] * len(weights))
    pool = Pool(Side.SALES, [Seat(persons[n], weight) for n, weight in enumerate(weights, 1)])
    found = Counter(deals(dealer(persons, pool), sum(weights) * rounds))
    assert all(abs(found[n] - weight * rounds) <= 1 for n, weight in enumerate(weights, 1))


def test_s1_6_nobody_is_given_more_than_they_have_places_for_while_others_have_some() -> None:
    persons = people(2, None, 0)
    found = deals(dealer(persons, everybody(persons)), 10)
    assert Counter(found) == {1: 2, 2: 8}


def test_s1_9_where_all_are_full_or_away_somebody_is_still_given_the_lead_and_it_is_said() -> None:
    persons = people(0, 0)
    one = choice(dealer(persons, everybody(persons)))
    assert (one.over, one.how) == (True, How.TURN)
    persons[1].back_on = persons[2].back_on = TODAY + timedelta(days=3)
    persons[2].back_on = TODAY + timedelta(days=1)
    assert choice(dealer(persons, everybody(persons))).to == 2
    assert dealer({}, everybody({})).deal(Side.SALES, Facts()) is None


def test_s2_17_who_was_away_comes_back_in_turn_and_is_not_flooded() -> None:
    persons = people(None, None, None)
    persons[3].back_on = TODAY + timedelta(days=4)
    pool = everybody(persons)
    one = dealer(persons, pool)
    last = [choice(one) for _ in range(100)][-1]
    assert last.passed == ((3, Passed.AWAY, TODAY + timedelta(days=4)),)
    persons[3].back_on = None
    back = Pool(Side.SALES, pool.seats)
    assert Counter(deals(dealer(persons, back), 30)) == {1: 10, 2: 10, 3: 10}


def test_s1_6_rules_are_asked_in_order_and_a_full_one_lets_the_next_have_it() -> None:
    persons = people(1, None, None)
    dach = rule(1, DACH, [Seat(persons[1])])
    swiss = {"all": [{"field": "country", "operator": "is", "value": "ch"}]}
    large = rule(2, swiss, [Seat(persons[2])])
    one = dealer(persons, dach, large, everybody(persons))
    first = choice(one, Facts({"country": "CH"}))
    second = choice(one, Facts({"country": "CH"}))
    other = choice(one, Facts({"country": "FR"}))
    assert (first.to, first.how, first.number) == (1, How.RULE, 1)
    assert (second.to, second.number, second.full) == (2, 2, (1,))
    assert (other.how, other.rule) == (How.TURN, None)
    assert second.as_json() == {"to": 2, "how": 3, "rule": 20, "n": 2, "full": [1]}


def test_s2_17_the_owner_of_the_account_comes_first_unless_away_for_long() -> None:
    persons = people(0, None, None)
    one = dealer(persons, rule(1, DACH, [Seat(persons[2])]), everybody(persons))
    german = Facts({"country": "DE"})
    kept = choice(one, german, account=1, before=3)
    assert (kept.to, kept.how) == (1, How.ACCOUNT)
    persons[1].back_on = TODAY + timedelta(days=30)
    before = choice(one, german, account=1, before=3)
    assert (before.to, before.how) == (3, How.BEFORE)
    ruled = choice(one, german, account=1, before=99)
    assert (ruled.to, ruled.how) == (2, How.RULE)


@given(state=st.lists(st.tuples(st.integers(1, 3), st.floats(0, 9)), min_size=1, max_size=6))
def test_s1_6_the_same_state_gives_the_same_people(state: list[tuple[int, float]]) -> None:
    def once() -> list[int]:
        persons = people(*[None] * len(state))
        seats = [Seat(persons[n], *each) for n, each in enumerate(state, 1)]
        return deals(dealer(persons, Pool(Side.SALES, seats)), 12)

    assert once() == once()
