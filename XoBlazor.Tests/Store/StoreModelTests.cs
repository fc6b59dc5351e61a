using CsCheck;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Tests.Support;
using static XoBlazor.Tests.Store.StoreFixture;

namespace XoBlazor.Tests.Store;

/// <summary>The store against a dictionary that does the same the slow way, over random histories of small worlds full of collisions.</summary>
public sealed class StoreModelTests
{
    private const int Names = 6;

    private static readonly Gen<string> s_ref = Gen.Int[0, Names - 1].Select(i => Ref($"o{i}"));

    private static readonly Gen<string> s_uuid = Gen.Int[0, 3].Select(i => i == 0 ? "" : $"u{i}");

    /// <summary>References repeat across classes and uuids across objects, which no sane host does.</summary>
    private static readonly Gen<XapiObject> s_object = Gen.Select(Gen.Int[0, 3], s_ref, s_uuid, s_ref, s_ref, Gen.Int[0, 2]).Select((type, self, uuid, a, b, label) => (XapiObject)(type switch
    {
        0 => new Vm { Ref = self, Uuid = uuid, NameLabel = $"n{label}", ResidentOn = new(a), Vbds = [new(a), new(b), new(a)] },
        1 => new Vbd { Ref = self, Uuid = uuid, Vm = new(a), Vdi = new(b), Device = $"n{label}" },
        2 => new Vdi { Ref = self, Uuid = uuid, NameLabel = $"n{label}", Vbds = [new(b), new(a)] },
        _ => new Host { Ref = self, Uuid = uuid, NameLabel = $"n{label}", ResidentVms = label == 0 ? [] : [new(a), new(b)] },
    }));

    private static readonly Gen<ObjectUpdate> s_update = Gen.Frequency(
        (3, s_object.Select(ObjectUpdate.Present)), (1, s_ref.Select(ObjectUpdate.Gone)));

    private static readonly Gen<Step> s_step = Gen.Frequency(
        (6, s_update.List[1, 6].Select(u => new Step(u, IsListing: false))),
        (1, s_object.Select(ObjectUpdate.Present).List[0, 5].Select(u => new Step(u, IsListing: true))));

    [Fact]
    public void History_OfAnyKind_MatchesTheNaiveModelInEveryVersion()
    {
        using var run = LongRun.Of(usual: 3000, many: 100_000);

        s_step.List[1, 25].Sample(steps =>
        {
            var fixture = new StoreFixture();
            var model = new Dictionary<string, XapiObject>();
            var versions = new List<(PoolPicture Picture, Dictionary<string, XapiObject> Model)>();
            foreach (var step in steps)
            {
                var before = new Dictionary<string, XapiObject>(model);
                if (step.IsListing)
                    model.Clear();
                foreach (var update in step.Updates)
                {
                    if (update.State is { } state)
                        model[update.Ref] = state;
                    else
                        model.Remove(update.Ref);
                }

                var batch = step.IsListing ? fixture.Writer.ApplyListing(step.Updates.Select(u => u.State!)) : fixture.Writer.Apply(step.Updates);
                AssertBatch(batch, before, model);
                versions.Add((fixture.Picture, new(model)));
            }

            // Old versions must not have been touched by what came later.
            foreach (var (picture, then) in versions)
                AssertSame(picture, then);
        }, iter: run.Rounds);
    }

    private static void AssertBatch(StoreBatch? batch, Dictionary<string, XapiObject> before, Dictionary<string, XapiObject> after)
    {
        var told = (batch?.Changes ?? []).Select(c => $"{c.Kind} {c.Object.Class} {c.Object.Ref}").Order(StringComparer.Ordinal);
        var expected = new List<string>();
        foreach (var reference in before.Keys.Union(after.Keys))
        {
            var (was, now) = (before.GetValueOrDefault(reference), after.GetValueOrDefault(reference));
            if (was is not null && now is not null && was.Class == now.Class)
            {
                if (!XapiCodec.For(now.Class).Compare(was, now).IsEmpty)
                    expected.Add($"Modified {now.Class} {reference}");
                continue;
            }

            if (was is not null)
                expected.Add($"Removed {was.Class} {reference}");
            if (now is not null)
                expected.Add($"Added {now.Class} {reference}");
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), told);
    }

    private static void AssertSame(PoolPicture picture, Dictionary<string, XapiObject> model)
    {
        Assert.Equal(model.Count, picture.Count);
        foreach (var type in new[] { XapiClass.Vm, XapiClass.Vbd, XapiClass.Vdi, XapiClass.Host })
        {
            var expected = model.Values.Where(o => o.Class == type).Select(o => o.Ref).Order(StringComparer.Ordinal).ToList();
            Assert.Equal(expected, picture.All(type).Select(o => o.Ref).Order(StringComparer.Ordinal));
            Assert.Equal(expected.Count, picture.CountOf(type));
        }

        for (var i = 0; i < Names; i++)
        {
            var reference = Ref($"o{i}");
            var there = picture.Get(reference);
            Assert.Equal(model.GetValueOrDefault(reference)?.Class, there?.Class);
            Assert.True(there is null || XapiCodec.For(there.Class).Compare(there, model[reference]).IsEmpty);
            Assert.Equal(Referrers(model, reference), picture.Referrers(reference).Select(r => $"{r.Object.Ref}.{r.Field.Wire}").Order(StringComparer.Ordinal));
        }

        foreach (var uuid in new[] { "u1", "u2", "u3" })
        {
            var holders = model.Values.Where(o => o.Uuid == uuid).ToList();
            Assert.Equal(holders.Count > 0, picture.GetByUuid(uuid) is not null);
            Assert.Equal(holders.OfType<Vdi>().Any(), picture.GetByUuid<Vdi>(uuid) is not null);
        }
    }

    private static IEnumerable<string> Referrers(Dictionary<string, XapiObject> model, string reference)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var holder in model.Values)
            XapiCodec.For(holder.Class).VisitReferences(holder, new Visitor(reference, field => found.Add($"{holder.Ref}.{XapiCodec.For(holder.Class).Fields[field].Wire}")));
        return found;
    }

    private sealed record Step(List<ObjectUpdate> Updates, bool IsListing)
    {
        public override string ToString() => (IsListing ? "listing " : "")
            + string.Join("; ", Updates.Select(u => u.State is { } s ? $"{s.Class} {s.Ref} {s.Uuid}" : $"gone {u.Ref}"));
    }

    private sealed class Visitor(string wanted, Action<int> visit) : IReferenceVisitor
    {
        public void Visit(int field, string reference)
        {
            if (reference == wanted)
                visit(field);
        }
    }
}
