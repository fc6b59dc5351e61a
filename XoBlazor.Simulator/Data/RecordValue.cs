using System.Buffers;

namespace XoBlazor.Simulator.Data;

/// <summary>One object: the answer of <c>get_record</c>.</summary>
internal sealed class RecordValue(RowState state) : StreamedValue
{
    public override int Count => 1;

    public override long JsonLength => state.Json.Length;

    public override void WriteJson(IBufferWriter<byte> output, int piece) => output.Write(state.Json);

    public override XapiValue ToValue() => state.ToValue();
}
