namespace MemoryCluster.Cluster.Tests.Checking;

/// <summary>Histories that a correct cluster may have, most of them the near neighbours of bad ones.</summary>
internal static class GoodHistories
{
    private const string Created = "1 0-10 create k a = 1; ";
    private const string Changed = Created + "1 20-30 patch k 1 b = 2; ";

    /// <summary>What happened, the history.</summary>
    public static readonly (string What, string Tale)[] All =
    [
        ("nothing", ""),
        ("a memory is written", Created),
        ("and read", Created + "2 20-30 read k = 1 a"),
        ("read before it is written", "2 0-5 read k = absent; 1 10-20 create k a = 1"),
        ("read while it is written, not yet", "1 0-30 create k a = 1; 2 10-20 read k = absent"),
        ("read while it is written, already", "1 0-30 create k a = 1; 2 10-20 read k = 1 a"),
        ("read while it is written, first not and then", "1 0-60 create k a = 1; 2 10-20 read k = absent; 2 30-40 read k = 1 a"),
        ("two read while it is written, beside each other", "1 0-60 create k a = 1; 2 10-40 read k = 1 a; 3 20-50 read k = absent"),
        ("read at the moment of its return", Created + "2 10-20 read k = absent"),
        ("changed and read", Changed + "2 40-50 read k = 2 b"),
        ("changed by another", Created + "2 20-30 patch k 1 b = 2; 1 40-50 read k = 2 b"),
        ("changed and read beside it, before", Created + "1 20-50 patch k 1 b = 2; 2 30-40 read k = 1 a"),
        ("changed and read beside it, after", Created + "1 20-50 patch k 1 b = 2; 2 30-40 read k = 2 b"),
        ("two change at once, one is stale", Created + "1 20-30 patch k 1 b = 2; 2 20-30 patch k 1 c = stale"),
        ("two change at once, one after the other", Created + "1 20-40 patch k 1 b = 2; 2 20-40 patch k 2 c = 3"),
        ("two change in turn, one is stale", Changed + "2 40-50 patch k 1 c = stale; 2 60-70 read k = 2 b"),
        ("a stale client reads and changes again",
            Changed + "2 40-50 patch k 1 c = stale; 2 60-70 read k = 2 b; 2 80-90 patch k 2 c = 3; 1 99-109 read k = 3 c"),
        ("a change of a version yet to come is stale", Created + "2 20-30 patch k 5 c = stale"),
        ("a change of what is not written finds nothing", "2 0-5 patch k 1 c = absent; 1 10-20 create k a = 1"),
        ("deleted and gone", Created + "1 20-30 delete k = ok; 2 40-50 read k = absent"),
        ("deleted beside a read that still sees it", Created + "1 20-50 delete k = ok; 2 30-40 read k = 1 a"),
        ("deleted beside a change before it", Created + "1 20-50 delete k = ok; 2 30-40 patch k 1 b = 2"),
        ("deleted beside a change that comes too late", Created + "1 20-50 delete k = ok; 2 30-40 patch k 1 b = absent"),
        ("deleted by two, one finds nothing", Created + "1 20-30 delete k = ok; 2 20-30 delete k = absent"),
        ("deleted, then deleted again", Created + "1 20-30 delete k = ok; 2 40-50 delete k = absent"),
        ("a creation of unknown outcome that never came", "1 0-10 create k a = ?; 2 20-30 read k = absent; 2 40-50 read k = absent"),
        ("a creation of unknown outcome that came late", "1 0-10 create k a = ?; 2 20-30 read k = absent; 2 40-50 read k = 1 a"),
        ("a creation of unknown outcome that is changed", "1 0-10 create k a = ?; 2 20-30 patch k 1 b = 2; 2 40-50 read k = 2 b"),
        ("a creation of unknown outcome that is deleted", "1 0-10 create k a = ?; 2 20-30 delete k = ok; 2 40-50 read k = absent"),
        ("a change of unknown outcome that never came",
            Created + "1 20-30 patch k 1 b = ?; 2 40-50 read k = 1 a; 2 60-70 patch k 1 c = 2; 2 80-90 read k = 2 c"),
        ("a change of unknown outcome that came late", Created + "1 20-30 patch k 1 b = ?; 2 40-50 read k = 1 a; 2 60-70 read k = 2 b"),
        ("a change of unknown outcome that makes another stale", Created + "1 20-30 patch k 1 b = ?; 2 40-50 patch k 1 c = stale; 2 60-70 read k = 2 b"),
        ("two changes of unknown outcome, one came", Created + "1 20-30 patch k 1 b = ?; 2 20-30 patch k 1 c = ?; 3 40-50 read k = 2 c; 3 60-70 read k = 2 c"),
        ("two changes of unknown outcome in turn, both came",
            Created + "1 20-30 patch k 1 b = ?; 2 20-30 patch k 2 c = ?; 3 40-50 read k = 2 b; 3 60-70 read k = 3 c"),
        ("a deletion of unknown outcome that never came", Created + "1 20-30 delete k = ?; 2 40-50 read k = 1 a; 2 60-70 read k = 1 a"),
        ("a deletion of unknown outcome that came late", Created + "1 20-30 delete k = ?; 2 40-50 read k = 1 a; 2 60-70 read k = absent"),
        ("a deletion of unknown outcome, then another that finds nothing", Created + "1 20-30 delete k = ?; 2 40-50 delete k = absent"),
        ("refusals that did nothing",
            "1 0-5 create k a = fail; 1 6-10 create l b = 1; 1 20-30 patch l 1 c = fail; 1 40-50 delete l = fail; 1 60-70 read l = 1 b; "
                + "1 80-90 read k = absent"),
        ("a read that was not answered", Created + "2 20-30 read k = ?; 2 40-50 read k = 1 a"),
        ("a repetition answered with a later version", Created + "1 20-60 patch k 1 b = ok; 2 30-40 patch k 2 c = 3; 1 61-70 read k = 3 c"),
        ("a chain of changes by three", Changed + "2 40-50 patch k 2 c = 3; 3 60-70 patch k 3 d = 4; 1 80-90 patch k 4 e = 5; 2 99-109 read k = 5 e"),
        ("many at once, one order",
            Created + "1 20-90 patch k 1 b = 2; 2 20-90 patch k 2 c = 3; 3 20-90 patch k 3 d = 4; 4 20-90 read k = 2 b; 5 20-90 read k = 4 d; "
                + "6 20-90 delete k = ok; 7 95-99 read k = absent"),

        ("all that is there is listed", Created + "1 20-30 create l b = 1; 2 40-50 list = l.1.b k.1.a"),
        ("what is being written may be listed", "1 0-60 create k a = 1; 2 10-20 list = k.1.a"),
        ("what is being written need not be listed", "1 0-60 create k a = 1; 2 10-20 list ="),
        ("what is of unknown outcome need not be listed", "1 0-10 create k a = ?; 2 20-30 list ="),
        ("what is of unknown outcome may be listed", "1 0-10 create k a = ?; 2 20-30 list = k.1.a"),
        ("what is being deleted may be listed", Created + "1 20-60 delete k = ok; 2 30-40 list = k.1.a"),
        ("what is being deleted need not be listed", Created + "1 20-60 delete k = ok; 2 30-40 list ="),
        ("what may have been deleted need not be listed", Created + "1 20-30 delete k = ?; 2 40-50 list ="),
        ("what may have been deleted may be listed", Created + "1 20-30 delete k = ?; 2 40-50 list = k.1.a"),
        ("a partial list proves no loss", Created + "2 20-30 list partial ="),
        ("the team's other memories are another page", Created + "2 20-30 recall ="),

        ("recalled by its own text", "1 0-10 create k a = 1@5; 2 20-30 recall k @5 = k.1.a"),
        ("not recalled, since partial", "1 0-10 create k a = 1@5; 1 20-30 recall k @5 partial ="),
        ("not recalled, since the write was not named", "1 0-10 create k a = 1@5; 1 20-30 recall k ="),
        ("not recalled by its old text while it is changed", "1 0-10 create k a = 1@5; 2 20-60 patch k 1 b = 2@6; 1 30-40 recall k @5 ="),
        ("not recalled by its own text since another changed it", "1 0-10 create k a = 1@5; 2 20-30 patch k 1 b = 2@6; 1 40-50 recall k @5 ="),
        ("not recalled, since it may be deleted", "1 0-10 create k a = 1@5; 2 20-30 delete k = ?; 1 40-50 recall k @5 ="),
        ("recalled at the old version while it is changed", Created + "1 20-60 patch k 1 b = 2; 2 30-40 recall = k.1.a"),
        ("recalled at the new version while it is changed", Created + "1 20-60 patch k 1 b = 2; 2 30-40 recall = k.2.b"),
        ("recalled at the new version, then at a newer one", Changed + "2 40-50 recall = k.2.b; 1 60-70 patch k 2 c = 3; 2 80-90 recall = k.3.c"),
        ("recalled at either version beside a change of unknown outcome", Created + "1 20-30 patch k 1 b = ?; 2 40-50 recall = k.1.a; 3 40-50 recall = k.2.b"),
        ("two clients recall different versions while it is changed", Created + "1 20-90 patch k 1 b = 2; 2 30-40 recall = k.2.b; 3 50-60 recall = k.1.a"),
        ("a client finds nothing before it is written, then recalls it", "2 0-5 read k = absent; 1 10-20 create k a = 1; 2 30-40 recall = k.1.a"),
        ("recalled while it is deleted, then gone", Created + "1 20-60 delete k = ok; 2 30-40 recall = k.1.a; 2 70-80 recall ="),
    ];
}
