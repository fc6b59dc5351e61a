using System.Text.Json;
using XoBlazor.Core.Audit.Storage;

namespace XoBlazor.Core.Audit;

/// <summary>
/// Records as JSON lines, oldest first: <c>{"number":…,"hash":"…","record":{…}}</c>. The record's bytes are those the hash was made of, so anybody can
/// check the chain of an export: SHA-256 over the hash before (32 zero bytes at the beginning), the number as eight bytes, most significant first, and the
/// record's bytes. Reads row by row, also beside a running server.
/// </summary>
public static class AuditExport
{
    /// <summary>Returns how many records were written. Fails with <see cref="AuditException"/> or what the stream fails with.</summary>
    public static async Task<long> WriteAsync(string folder, Stream target, CancellationToken token)
    {
        var file = Path.Combine(folder, AuditFile.Name);
        using var connection = AuditFile.OpenToRead(file);
        var count = 0L;
        using var rows = AuditRows.After(connection, 0).GetEnumerator();
        while (AuditFile.Guard(file, rows.MoveNext))
        {
            await target.WriteAsync(Line(rows.Current), token);
            count++;
        }

        await target.FlushAsync(token);
        return count;
    }

    private static byte[] Line(AuditRow row)
    {
        using var line = new MemoryStream(row.Body.Length + 128);
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber("number", row.Number);
            json.WriteString("hash", Convert.ToHexStringLower(row.Hash));
            json.WritePropertyName("record");
            // As it lies there, valid or not: an export is evidence.
            json.WriteRawValue(row.Body, skipInputValidation: true);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }
}
