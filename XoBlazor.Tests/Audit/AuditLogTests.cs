using System.Security.Cryptography;
using System.Text.Json;
using XoBlazor.Core.Audit;

namespace XoBlazor.Tests.Audit;

/// <summary>What is written down stays, whole and in order, and can be found.</summary>
public sealed class AuditLogTests : IDisposable
{
    private readonly AuditHome _home = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Append_EverythingSet_ReadsTheSameAfterAReopen()
    {
        var record = AuditHome.Record() with { Message = "because\0 of \"this\"", Made = new("VM", "pool-1", "vm-2", "copy"), Of = 17, Duration = TimeSpan.FromMilliseconds(1234), Task = "OpaqueRef:task" };

        var written = await _home.Log.AppendAsync(record, Token);
        var read = Assert.Single(_home.Reopen().Read(new()));

        Assert.Equal((1, written.Hash), (read.Number, read.Hash));
        Assert.Equal(record with { Time = AuditHome.Start, Parameters = [] }, read.Record with { Parameters = [] });
        Assert.Equal(record.Parameters, read.Record.Parameters);
    }

    [Fact]
    public async Task Append_HostileTexts_AreKeptAsTextAndCutWhenTooLong()
    {
        var half = "\ud800 half a pair";
        var entry = await _home.Log.AppendAsync(AuditHome.Record(action: half) with { Message = new string('x', 1_000_000) }, Token);

        var read = Assert.Single(_home.Log.Read(new())).Record;

        Assert.Equal("\ufffd half a pair", read.Action);
        Assert.Equal(AuditRecord.LongestText + 1, read.Message!.Length);
        Assert.True(_home.Verify().IsSound);
        Assert.Equal(1, entry.Number);
    }

    [Fact]
    public async Task Append_ManyAtOnce_NumbersWithoutGapsAndASoundChain()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 600).Select(i => Task.Run(async () => (await _home.Log.AppendAsync(AuditHome.Record($"a.{i}"), Token)).Number, Token)));

        Assert.Equal(Enumerable.Range(1, 600).Select(i => (long)i), numbers.Order());
        Assert.Equal(600, _home.Verify() is { IsSound: true } verdict ? verdict.Records : -1);
    }

    [Fact]
    public async Task Append_DiskRefuses_FailsWithWordsAndGoesOnWhenItRecovers()
    {
        await _home.AppendAsync(1);
        _home.Tamper("ALTER TABLE records RENAME TO away");

        var failure = await Assert.ThrowsAsync<AuditException>(async () => await _home.Log.AppendAsync(AuditHome.Record(), Token));
        _home.Tamper("ALTER TABLE away RENAME TO records");
        var after = await _home.Log.AppendAsync(AuditHome.Record(), Token);

        Assert.Contains(_home.File, failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, after.Number);
        Assert.True(_home.Verify().IsSound);
    }

    [Fact]
    public async Task Append_CallerHasGone_IsWrittenAllTheSame()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _home.Log.AppendAsync(AuditHome.Record("vm.stop"), gone.Token));

        Assert.Equal("vm.stop", Assert.Single(_home.Log.Read(new())).Record.Action);
    }

    [Fact]
    public async Task Read_EachFilter_FindsItsOwn()
    {
        await _home.Log.AppendAsync(AuditHome.Record("vm.start"), Token);
        _home.Time.Advance(TimeSpan.FromHours(1));
        await _home.Log.AppendAsync(AuditHome.Record("vm.stop", "bob", AuditOutcome.Refused) with { Message = "100% not_possible \\ here" }, Token);
        await _home.Log.AppendAsync(AuditHome.Record("sign-in", "eve") with { Category = AuditCategory.SignIn, Target = null }, Token);

        string[] Actions(AuditQuery query) => [.. _home.Log.Read(query).Select(entry => entry.Record.Action)];

        Assert.Equal(["sign-in", "vm.stop", "vm.start"], Actions(new()));
        Assert.Equal(["vm.start"], Actions(new() { To = AuditHome.Start.AddMinutes(1) }));
        Assert.Equal(["sign-in", "vm.stop"], Actions(new() { From = AuditHome.Start.AddMinutes(1) }));
        Assert.Equal(["sign-in"], Actions(new() { Category = AuditCategory.SignIn }));
        Assert.Equal(["vm.stop"], Actions(new() { Outcome = AuditOutcome.Refused }));
        Assert.Equal(["sign-in"], Actions(new() { ActorId = "eve-id" }));
        Assert.Equal(["vm.stop", "vm.start"], Actions(new() { Pool = "pool-1", Target = "vm-1" }));
        Assert.Equal(["vm.stop"], Actions(new() { Text = "100% NOT_possible \\" }));
        Assert.Empty(Actions(new() { Text = "notxpossible" }));
        Assert.Equal(["vm.stop"], Actions(new() { Text = "t_p" }));
        Assert.Equal(["vm.stop"], Actions(new() { Limit = 1, Before = 3 }));
    }

    [Fact]
    public async Task Read_ByWhatWasMadeOrByActionsMeant_FindsThose()
    {
        await _home.Log.AppendAsync(AuditHome.Record("vm.clone") with { Made = new("VM", "pool-1", "vm-2", "copy") }, Token);
        await _home.Log.AppendAsync(AuditHome.Record("vm.start") with { Message = "clean" }, Token);
        await _home.Log.AppendAsync(AuditHome.Record("vm.stop"), Token);

        string[] Actions(AuditQuery query) => [.. _home.Log.Read(query).Select(entry => entry.Record.Action)];

        Assert.Equal(["vm.clone"], Actions(new() { Pool = "pool-1", Made = "vm-2" }));
        Assert.Equal(["vm.stop", "vm.start"], Actions(new() { Text = "clean", OrActions = ["vm.stop"] }));
        Assert.Equal(["vm.stop", "vm.start", "vm.clone"], Actions(new() { OrActions = ["vm.stop"] }));
    }

    [Fact]
    public async Task People_AfterARenameAndWithActsOfNobody_AreEachOnceByTheirNewestName()
    {
        await _home.Log.AppendAsync(AuditHome.Record(actor: "ada"), Token);
        await _home.Log.AppendAsync(AuditHome.Record(actor: "bob"), Token);
        _home.Time.Advance(TimeSpan.FromHours(1));
        await _home.Log.AppendAsync(AuditHome.Record() with { Actor = new("ada-id", "ada lovelace") }, Token);
        await _home.Log.AppendAsync(AuditHome.Record() with { Actor = AuditActor.Server }, Token);

        var people = _home.Log.People();

        Assert.Equal([new("ada-id", "ada lovelace", AuditHome.Start.AddHours(1)), new AuditPerson("bob-id", "bob", AuditHome.Start)], people);
    }

    [Fact]
    public void People_OfAnEmptyAudit_AreNone() => Assert.Empty(_home.Log.People());

    [Fact]
    public async Task Retention_OldRecords_GoAndTheChainStaysSound()
    {
        await _home.AppendAsync(5);
        _home.Time.Advance(TimeSpan.FromDays(40));
        await _home.AppendAsync(2);
        _home.Options.RetentionAge = TimeSpan.FromDays(30);

        var removed = await _home.Log.ApplyRetentionAsync(Token);
        var verdict = _home.Verify();

        Assert.Equal(5, removed);
        Assert.Equal((true, 3, 6), (verdict.IsSound, verdict.Records, verdict.First));
        Assert.Equal("audit.retention", _home.Log.Read(new() { Limit = 1 })[0].Record.Action);
    }

    [Fact]
    public async Task Open_OtherKeyOrNone_IsRefusedAndNothingChanges()
    {
        await _home.AppendAsync(1);
        var key = await File.ReadAllBytesAsync(_home.Options.KeyFile, Token);
        await File.WriteAllBytesAsync(_home.Options.KeyFile, RandomNumberGenerator.GetBytes(32), Token);
        var other = Assert.Throws<AuditException>(() => _home.Reopen());
        File.Delete(_home.Options.KeyFile);
        var none = Assert.Throws<AuditException>(() => _home.Reopen());
        await File.WriteAllBytesAsync(_home.Options.KeyFile, key, Token);

        Assert.All([other, none], problem => Assert.Contains(_home.Options.KeyFile, problem.Message, StringComparison.Ordinal));
        Assert.Single(_home.Reopen().Read(new()));
    }

    [Fact]
    public async Task Export_Lines_LetAnybodyCheckTheChain()
    {
        await _home.AppendAsync(20);
        using var target = new MemoryStream();

        var count = await AuditExport.WriteAsync(_home.Options.Folder, target, Token);

        Assert.Equal(20, count);
        var before = new byte[32];
        foreach (var line in System.Text.Encoding.UTF8.GetString(target.ToArray()).TrimEnd('\n').Split('\n'))
        {
            using var json = JsonDocument.Parse(line);
            var number = json.RootElement.GetProperty("number").GetInt64();
            var body = System.Text.Encoding.UTF8.GetBytes(json.RootElement.GetProperty("record").GetRawText());
            var counted = BitConverter.IsLittleEndian ? BitConverter.GetBytes(number).Reverse() : BitConverter.GetBytes(number);
            before = SHA256.HashData([.. before, .. counted, .. body]);
            Assert.Equal(Convert.ToHexStringLower(before), json.RootElement.GetProperty("hash").GetString());
        }
    }
}
