using System.Buffers;

namespace XoBlazor.Simulator.Data;

/// <summary>
/// An answer that may be hundreds of megabytes: written piece by piece while it is sent, its length known before.
/// </summary>
internal abstract class StreamedValue : XapiValue
{
    /// <summary>The number of pieces.</summary>
    public abstract int Count { get; }

    public abstract long JsonLength { get; }

    public abstract void WriteJson(IBufferWriter<byte> output, int piece);

    /// <summary>The same as an ordinary value, for XML-RPC.</summary>
    public abstract XapiValue ToValue();

    public override bool Equals(XapiValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Count;
}
