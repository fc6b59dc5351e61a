using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.Core.Access;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Journal;

namespace XoBlazor.Tests.Access;

/// <summary>
/// Sentences about what has other names now, or is gone: through random lives of VMs and disks, with other grants and starts of the server between, read by
/// every way there is. An oracle remembers who was ever called what.
/// </summary>
public sealed class FormerNamesPropertyTests(ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_ThroughRandomLives_NameOnlyWhatTheirReaderSeesOrCouldHaveSeen()
    {
        var seed = Environment.TickCount & 0xffff;
        output.WriteLine($"first seed {seed}");
        var (read, changed) = (0, 0);
        for (var turn = 0; turn < 5; turn++)
        {
            await using var world = new World(seed + turn);
            await world.OpenAsync();
            for (var step = 0; step < 40; step++)
            {
                await world.StepAsync(isRestart: step is 20 or 33);
                await world.CheckAsync($"seed {seed + turn} step {step}", withJournal: step % 8 == 7);
            }

            (read, changed) = (read + world.Read, changed + world.Changed);
        }

        output.WriteLine($"{read} texts read, {changed} of them not as the host wrote them");
        Assert.InRange(changed, read / 20, read * 19 / 20);
    }

    private sealed class World(int seed) : IAsyncDisposable
    {
        private static readonly Actor s_ada = new("ada", "ada");
        private static readonly string[] s_words = ["alpha", "beta", "gamma", "alpha beta", "beta gamma", "delta-7", "epsilon/zeta", "kappa one", "one lambda", "x9", "192.0.2.1"];
        private static readonly string[] s_fillers = ["was", "moved to", "copied from:", "failed"];

        private readonly Random _random = new(seed);
        private readonly JournalHome _home = new();
        private readonly Dictionary<string, XapiObject> _there = [];
        private readonly Dictionary<string, (HashSet<string> Names, XapiObject Last)> _lives = [];
        private AccessPolicy _policy = AccessPolicy.Empty;
        private ObjectStore _store = null!;
        private PoolWriter _writer = null!;
        private AccessEngine _engine = null!;
        private VisibleStores _stores = null!;
        private VisibleStore _view = null!;
        private VisibleJournal _journal = null!;
        private int _messages;

        public int Read { get; private set; }

        public int Changed { get; private set; }

        public async Task OpenAsync()
        {
            await _home.OpenAsync();
            Grant();
            Live([new Vm { Ref = "OpaqueRef:anchor", Uuid = "anchor", NameLabel = "anchorman" }]);
            await BeginAsync();
        }

        public async Task StepAsync(bool isRestart)
        {
            _home.Clock.Advance(TimeSpan.FromSeconds(1));
            if (isRestart)
            {
                Close();
                await _home.ReopenAsync();
                // What happens while nobody looks: a name that was given and taken again is known to nobody, and as whom one went is what was seen last.
                var before = _lives.ToDictionary();
                for (var i = 0; i < 5; i++)
                    Live(Changes(), isSeen: false);
                Live([.. _there.Values]);
                foreach (var reference in _lives.Keys.Where(r => !_there.ContainsKey(r)))
                    if (before.TryGetValue(reference, out var life))
                        _lives[reference] = life;
                    else
                        _lives.Remove(reference);
                await BeginAsync();
                return;
            }

            if (_random.Next(6) == 0)
            {
                Grant();
                _engine.Apply(_policy);
            }

            for (var i = _random.Next(3); i >= 0; i--)
            {
                var changes = Changes();
                Live(changes);
                _writer.Apply(changes.Select(c => c.Uuid.StartsWith("gone ", StringComparison.Ordinal) ? ObjectUpdate.Gone(c.Ref) : ObjectUpdate.Present(c)));
            }

            await _home.Recorder.FlushAsync(Token);
            _stores.CatchUp();
        }

        public async Task CheckAsync(string when, bool withJournal)
        {
            var (seen, hidden) = Names();
            foreach (var message in _view.Current.All<XapiMessage>().Select(m => m.Object))
                Check(((XapiMessage)_there[message.Ref]).Body, message.Body);
            for (var i = 0; i < 10; i++)
            {
                var sentence = Sentence();
                Check(sentence, _engine.Shown(s_ada, "pool", sentence));
            }

            if (!withJournal)
                return;
            var now = _home.Clock.GetUtcNow();
            var whole = (await _home.Reader.ChangesAsync(new() { Limit = 1000, Class = "message" }, Token)).Entries.ToDictionary(e => e.Position);
            var page = await _journal.ChangesAsync(s_ada, new() { Limit = 1000, Class = "message" }, Token);
            Assert.Equal(whole.Count, page.Entries.Length);
            foreach (var entry in page.Entries)
                CheckEntry(entry);
            foreach (var word in hidden)
                foreach (var entry in (await _journal.ChangesAsync(s_ada, new() { Limit = 1000, Class = "message", Text = word }, Token)).Entries)
                    CheckEntry(entry);
            foreach (var key in whole.Values.Select(e => e.Key).Distinct().Take(3))
                foreach (var entry in (await _journal.ObjectTimelineAsync(s_ada, key, null, 100, Token)).Entries.Where(e => e.Kind != EntryKind.Marker))
                    CheckEntry(entry);
            var past = JournalHome.Start + (now - JournalHome.Start) * _random.NextDouble();
            var pictured = (await _home.Reader.PoolAsOfAsync("pool", past, Token)).OfClass(XapiClass.XapiMessage).ToDictionary(o => o.Object.Uuid, o => ((XapiMessage)o.Object).Body);
            var picture = (await _journal.PoolAsOfAsync(s_ada, "pool", past, Token)).OfClass(XapiClass.XapiMessage).ToList();
            Assert.Equal(pictured.Count, picture.Count);
            foreach (var message in picture)
                Check(pictured[message.Object.Uuid], ((XapiMessage)message.Object).Body);
            foreach (var (uuid, body) in pictured.Take(3))
                Check(body, ((XapiMessage)(await _journal.ObjectAsOfAsync(s_ada, new("pool", uuid), past, Token))!.Object).Body);
            foreach (var difference in await _journal.DifferencesAsync(s_ada, "pool", past, now, Token))
                foreach (var field in difference.Fields.Where(f => difference.Class == "message" && f.Field == "body"))
                    Says(field.New + field.Old);

            void CheckEntry(JournalEntry entry)
            {
                foreach (var (raw, shown) in whole[entry.Position].Fields.Zip(entry.Fields).Where(f => f.First.Field == "body"))
                    Check(raw.New + raw.Old, shown.New + shown.Old);
            }

            void Check(string raw, string shown)
            {
                (Read, Changed) = (Read + 1, Changed + (raw == shown ? 0 : 1));
                Says(shown);
                if (!hidden.Any(name => Occurrences(raw, name).Any()))
                    Assert.True(raw == shown, $"{when}: '{raw}' names nothing hidden and reads '{shown}'");
            }

            // A name may be a part of a longer one that stays.
            void Says(string shown)
            {
                var kept = seen.SelectMany(name => Occurrences(shown, name)).ToList();
                foreach (var name in hidden)
                    foreach (var (start, end) in Occurrences(shown, name))
                        Assert.True(kept.Any(k => k.Start <= start && end <= k.End), $"{when}: '{shown}' says {name}");
            }
        }

        public async ValueTask DisposeAsync()
        {
            Close();
            await _home.DisposeAsync();
        }

        private async Task BeginAsync()
        {
            _store = new(_home.Clock, [_home.Recorder]);
            _engine = new(_store);
            _engine.Apply(_policy);
            _stores = new(_store, _engine, _home.Clock, NullLogger<VisibleStores>.Instance);
            _view = _stores.For(s_ada);
            _journal = new(_home.Reader, _engine, _store);
            var past = new PastNames(_home.Reader, _store, _stores, _home.Clock, NullLogger<PastNames>.Instance);
            _writer = _store.Open("pool");
            _writer.ApplyListing(_there.Values);
            await _home.Recorder.FlushAsync(Token);
            _stores.CatchUp();
            Assert.All(_view.Current.All<XapiMessage>(), m => Assert.Equal(ShownWords.Hidden, m.Object.Body));
            Assert.Equal(ShownWords.Hidden, _engine.Shown(s_ada, "pool", Sentence()));
            await past.TellAsync(Token);
        }

        private void Close()
        {
            _view.Dispose();
            _stores.Dispose();
            _writer.Dispose();
        }

        private void Grant()
        {
            AccessScope scope = _random.Next(3) switch
            {
                0 => new AccessScope.OfVms("tags:mine"),
                1 => new AccessScope.OfVms("tags:theirs"),
                _ => new AccessScope.OfObject(new("pool", $"v{_random.Next(6)}")),
            };
            _policy = new([], [Viewer("1", new AccessScope.OfObject(new("pool", "anchor"))), Viewer("2", scope)], ImmutableDictionary<string, ImmutableArray<string>>.Empty);

            static Grant Viewer(string id, AccessScope scope) => new(id, SubjectId.User("ada"), Role.Viewer.Id, scope);
        }

        /// <summary>Something that happens: objects as they are from now on, those that are gone with a mark before the uuid.</summary>
        private XapiObject[] Changes()
        {
            var i = _random.Next(6);
            switch (_random.Next(8))
            {
                case 0 or 1 or 2:
                    return [new Vm { Ref = $"OpaqueRef:v{i}", Uuid = $"v{i}", NameLabel = Name(), Tags = [_random.Next(2) == 0 ? "mine" : "theirs"] }];
                case 3:
                    return [new Vdi { Ref = $"OpaqueRef:d{i}", Uuid = $"d{i}", NameLabel = Name() }, new Vbd { Ref = $"OpaqueRef:b{i}", Uuid = $"b{i}", Vm = new($"OpaqueRef:v{i}"), Vdi = new($"OpaqueRef:d{i}"), Type = VbdType.Disk }];
                case 4:
                    return Gone(_random.Next(3) switch { 0 => [$"v{i}"], 1 => [$"b{i}", $"d{i}"], _ => [$"v{i}", $"b{i}", $"d{i}"] });
                case 5 when _messages > 10:
                    return Gone([$"m{_random.Next(_messages)}"]);
                default:
                    var message = $"m{_messages++}";
                    return [new XapiMessage { Ref = $"OpaqueRef:{message}", Uuid = message, Cls = MessageClass.Vm, ObjUuid = "anchor", Body = Sentence() }];
            }

            XapiObject[] Gone(IEnumerable<string> uuids) => [.. uuids.Select(uuid => _there.GetValueOrDefault($"OpaqueRef:{uuid}")).OfType<XapiObject>().Select(o => o with { Uuid = $"gone {o.Uuid}" })];
        }

        private void Live(IEnumerable<XapiObject> changes, bool isSeen = true)
        {
            foreach (var change in changes)
            {
                if (change.Uuid.StartsWith("gone ", StringComparison.Ordinal))
                {
                    _there.Remove(change.Ref);
                    continue;
                }

                _there[change.Ref] = change;
                if (change is XapiMessage)
                    continue;
                _lives[change.Ref] = (_lives.TryGetValue(change.Ref, out var life) ? life.Names : [], change);
                if (isSeen && ObjectNames.OwnName(change) is { } name)
                    _lives[change.Ref].Names.Add(name);
            }
        }

        private (HashSet<string> Seen, List<string> Hidden) Names()
        {
            var gone = _lives.Values.Select(life => life.Last).Where(last => !_there.ContainsKey(last.Ref)).ToList();
            var present = _there.Values.Where(o => o is not XapiMessage).ToList();
            var (now, all) = (new SlowOracle(_policy, "pool", present), new SlowOracle(_policy, "pool", [.. present, .. gone]));
            var lives = _lives.Values.ToLookup(life => _there.TryGetValue(life.Last.Ref, out var there) ? now.Allows(s_ada, Right.View, there) : all.Allows(s_ada, Right.View, life.Last), life => life.Names);
            var seen = lives[true].SelectMany(names => names).ToHashSet();
            return (seen, [.. lives[false].SelectMany(names => names).Where(name => name.Length >= 3 && !seen.Contains(name)).Distinct()]);
        }

        private string Name() => s_words[_random.Next(s_words.Length)];

        private string Sentence() => string.Join(' ', Enumerable.Range(0, 2 + _random.Next(5)).Select(_ => _random.Next(3) == 0 ? s_fillers[_random.Next(s_fillers.Length)] : Name()));

        private static IEnumerable<(int Start, int End)> Occurrences(string text, string name)
        {
            for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
                if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + name.Length == text.Length || !char.IsLetterOrDigit(text[at + name.Length])))
                    yield return (at, at + name.Length);
        }
    }
}
