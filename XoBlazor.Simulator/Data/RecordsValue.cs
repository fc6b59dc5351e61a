using System.Buffers;
using System.Text;

namespace XoBlazor.Simulator.Data;

/// <summary>Many objects with their references: the answer of <c>get_all_records</c>, encoded from what each row remembers.</summary>
internal sealed class RecordsValue((string Ref, RowState State)[] records) : StreamedValue
{
    public override int Count => records.Length;

    /// <summary>Braces, and for each record two quotes, a colon and, but for the first, a comma.</summary>
    public override long JsonLength =>
        2 + records.Sum(r => (long)Encoding.UTF8.GetByteCount(r.Ref) + r.State.Json.Length + 3) + Math.Max(0, records.Length - 1);

    public override void WriteJson(IBufferWriter<byte> output, int piece)
    {
        output.Write(piece > 0 ? ",\""u8 : "{\""u8);
        Encoding.UTF8.GetBytes(records[piece].Ref, output);
        output.Write("\":"u8);
        output.Write(records[piece].State.Json);
        if (piece == records.Length - 1)
            output.Write("}"u8);
    }

    public override XapiValue ToValue() => MapOf(records.Select(r => (r.Ref, (XapiValue)r.State.ToValue())));
}
