using System.Security.Cryptography;
using System.Text;
using XoBlazor.Core.Audit;

namespace XoBlazor.Tests.Audit;

/// <summary>Whatever is done to the file behind the server's back is found.</summary>
public sealed class AuditVerifierTests : IDisposable
{
    private readonly AuditHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Untouched_IsSound()
    {
        await _home.AppendAsync(10);

        var verdict = _home.Verify();

        Assert.Empty(verdict.Problems);
        Assert.Equal((10, 1, 10), (verdict.Records, verdict.First, verdict.Fingerprint.Number));
    }

    [Theory]
    [InlineData("UPDATE records SET body = replace(body, 'ada', 'eve') WHERE number = 4", "Record 4 does not continue the chain")]
    [InlineData("UPDATE records SET hash = zeroblob(32) WHERE number = 4", "Record 4 does not continue the chain")]
    [InlineData("DELETE FROM records WHERE number = 4", "Record 4 is missing")]
    [InlineData("DELETE FROM records WHERE number BETWEEN 4 AND 6", "Records 4 to 6 are missing")]
    [InlineData("DELETE FROM records WHERE number <= 3", "Records 1 to 3 are missing")]
    [InlineData("DELETE FROM records WHERE number > 8", "Records 9 to 10 are missing at the end")]
    [InlineData("DELETE FROM records", "Records 1 to 10 are missing at the end")]
    [InlineData("INSERT INTO records(number, hash, body) SELECT 11, hash, body FROM records WHERE number = 10", "Record 11 was inserted after the sealed end")]
    [InlineData("INSERT INTO records(number, hash, body) SELECT 0, hash, body FROM records WHERE number = 10", "Record 0 was inserted before")]
    [InlineData("DELETE FROM seals WHERE which = 'end'", "seal of the chain's end is missing")]
    [InlineData("UPDATE seals SET number = 8 WHERE which = 'end'; DELETE FROM records WHERE number > 8", "seal of the chain's end was not made with this server's key")]
    [InlineData("UPDATE seals SET number = 3, hash = (SELECT hash FROM records WHERE number = 3) WHERE which = 'start'; DELETE FROM records WHERE number <= 3", "seal of the chain's start was not made")]
    public async Task Changed_IsFound(string sql, string problem)
    {
        await _home.AppendAsync(10);

        _home.Tamper(sql);

        Assert.Contains(_home.Verify().Problems, found => found.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WholeChainWrittenAnewWithRightHashes_IsFoundByTheSeal()
    {
        await _home.AppendAsync(6);
        var before = new byte[32];
        foreach (var entry in _home.Log.ReadAfter(0, 100))
        {
            var body = Encoding.UTF8.GetBytes($$"""{"time":"2026-03-01T12:00:00.000Z","category":"Operation","action":"nothing","outcome":"Succeeded","actorId":"","actor":"{{entry.Number}}"}""");
            var number = BitConverter.GetBytes(entry.Number);
            Array.Reverse(number);
            before = SHA256.HashData([.. before, .. number, .. body]);
            _home.Tamper("UPDATE records SET body = $body, hash = $hash WHERE number = $number",
                ("$body", Encoding.UTF8.GetString(body)), ("$hash", before), ("$number", entry.Number));
        }

        Assert.Equal("The newest record, 6, is not the sealed one: the chain was written anew.", Assert.Single(_home.Verify().Problems));
    }

    [Fact]
    public async Task TailRemovedWhileStopped_IsStillFoundAfterTheServerWentOn()
    {
        await _home.AppendAsync(10);
        _home.Tamper("DELETE FROM records WHERE number > 7");
        _home.Reopen();
        await _home.AppendAsync(3);

        Assert.Equal("Records 8 to 10 are missing.", Assert.Single(_home.Verify().Problems));
    }

    [Fact]
    public async Task RecordAddedWhileStopped_IsStillFoundAfterTheServerWentOn()
    {
        await _home.AppendAsync(3);
        _home.Tamper("INSERT INTO records(number, hash, body) SELECT 4, hash, body FROM records WHERE number = 3");
        _home.Reopen();
        await _home.AppendAsync(3);

        Assert.False(_home.Verify().IsSound);
        Assert.Equal(7, _home.Log.Newest);
    }

    [Fact]
    public async Task Fingerprint_KeptElsewhere_FindsAnExchangedAudit()
    {
        await _home.AppendAsync(5);
        var kept = _home.Verify().Fingerprint;
        using var other = new AuditHome();
        await other.AppendAsync(8);

        Assert.True(_home.Verify(AuditFingerprint.Parse(kept.ToString())).IsSound);
        Assert.Contains(other.Verify(kept with { Hash = new string('0', 64) }).Problems, found => found.Contains("not the one of the fingerprint", StringComparison.Ordinal));
        Assert.Contains(_home.Verify(kept with { Number = 99 }).Problems, found => found.Contains("Record 99 of the fingerprint is not there", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("x-0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("42-00")]
    public void Fingerprint_Misspelt_SaysHowItLooks(string text) =>
        Assert.Contains("42-0123", Assert.Throws<FormatException>(() => AuditFingerprint.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task AnyLetterOfAnyRecordChanged_IsFound()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        await _home.AppendAsync(5);
        var originals = _home.Log.ReadAfter(0, 10).Select(entry => (entry.Number, Body: AuditFormat.Write(entry.Record))).ToList();

        foreach (var _ in Enumerable.Range(0, 100))
        {
            var (number, body) = originals[random.Next(originals.Count)];
            var changed = (byte[])body.Clone();
            // A letter for a letter: the file itself refuses what is no JSON any more.
            var places = Enumerable.Range(0, body.Length).Where(i => char.IsAsciiLetter((char)body[i])).ToList();
            changed[places[random.Next(places.Count)]] ^= 1;
            _home.Tamper("UPDATE records SET body = CAST($body AS TEXT) WHERE number = $number", ("$body", changed), ("$number", number));
            Assert.False(_home.Verify().IsSound, $"seed {seed}");
            _home.Tamper("UPDATE records SET body = CAST($body AS TEXT) WHERE number = $number", ("$body", body), ("$number", number));
        }

        Assert.True(_home.Verify().IsSound);
    }
}
