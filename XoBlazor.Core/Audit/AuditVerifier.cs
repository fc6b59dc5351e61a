using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using XoBlazor.Core.Audit.Storage;

namespace XoBlazor.Core.Audit;

/// <summary>
/// Goes through the whole chain and says what does not fit. Reads only, also beside a running server. What it cannot find: a whole older copy of
/// records and key put back by somebody with all rights on this machine; a fingerprint kept elsewhere, or the records sent to syslog, finds that too.
/// </summary>
public static class AuditVerifier
{
    /// <param name="folder">Where the records lie.</param>
    /// <param name="keyFile">The key that seals them.</param>
    /// <param name="kept">A fingerprint printed earlier and kept elsewhere; null when there is none.</param>
    public static AuditVerdict Verify(string folder, string keyFile, AuditFingerprint? kept, CancellationToken token)
    {
        var file = Path.Combine(folder, AuditFile.Name);
        return AuditFile.Guard(file, () =>
        {
            using var connection = AuditFile.OpenToRead(file);
            using var moment = connection.BeginTransaction(deferred: true);
            return Verify(connection, AuditKey.Load(keyFile), kept, token);
        });
    }

    private static AuditVerdict Verify(SqliteConnection connection, byte[] key, AuditFingerprint? kept, CancellationToken token)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        var start = Genuine(AuditSeal.Start);
        var end = Genuine(AuditSeal.End);

        var (number, hash) = start is { } first ? (first.Number, first.Hash) : (0, AuditChain.Start);
        var (records, oldest, keptMet) = (0L, 0L, kept is null || kept.Value.Number <= number);
        foreach (var row in AuditRows.After(connection, long.MinValue))
        {
            token.ThrowIfCancellationRequested();
            records++;
            if (oldest == 0)
                oldest = row.Number;
            if (row.Number <= number)
                Tell($"Record {row.Number} was inserted before the first one that belongs here ({number + 1}).");
            else if (row.Number > number + 1)
                Tell(row.Number == number + 2 ? $"Record {number + 1} is missing." : $"Records {number + 1} to {row.Number - 1} are missing.");
            else if (!AuditChain.Next(hash, row.Number, row.Body).AsSpan().SequenceEqual(row.Hash))
                Tell($"Record {row.Number} does not continue the chain: it, or the one before it, was changed or inserted.");
            if (end is { } sealedEnd && row.Number > sealedEnd.Number)
                Tell($"Record {row.Number} was inserted after the sealed end ({sealedEnd.Number}).");
            if (kept is { } known && row.Number == known.Number)
            {
                keptMet = true;
                if (!string.Equals(Convert.ToHexStringLower(row.Hash), known.Hash, StringComparison.Ordinal))
                    Tell($"Record {row.Number} is not the one of the fingerprint: the chain was written anew.");
            }
            // Go on from what is there, so that one change is told once and the next one as well.
            if (row.Number > number)
                (number, hash) = (row.Number, row.Hash);
        }

        if (end is { } last)
        {
            if (number < last.Number)
                Tell(number == last.Number - 1 ? $"Record {last.Number} is missing at the end." : $"Records {number + 1} to {last.Number} are missing at the end.");
            else if (number == last.Number && !hash.AsSpan().SequenceEqual(last.Hash))
                Tell($"The newest record, {number}, is not the sealed one: the chain was written anew.");
        }
        if (!keptMet)
            Tell($"Record {kept!.Value.Number} of the fingerprint is not there.");

        var place = end ?? new AuditSeal(number, hash, []);
        return new(records, oldest, new(place.Number, Convert.ToHexStringLower(place.Hash)), problems.ToImmutable());

        AuditSeal? Genuine(string which)
        {
            var seal = AuditRows.ReadSeal(connection, which);
            if (seal is null)
                Tell($"The seal of the chain's {which} is missing.");
            else if (!seal.Value.IsGenuine(key, which))
                Tell($"The seal of the chain's {which} was not made with this server's key.");
            else
                return seal;
            return null;
        }

        void Tell(string problem)
        {
            if (problems.Count < AuditVerdict.MostProblems)
                problems.Add(problem);
        }
    }
}
