using System.Buffers.Binary;
using XoBlazor.Core.Consoles.Rfb;

namespace XoBlazor.Core.Consoles;

/// <summary>
/// The keys and buttons that one viewer holds down. A browser whose connection breaks lets go of nothing, and a guest that never hears of it goes on as if Ctrl were held.
/// </summary>
internal sealed class HeldInput
{
    // More fingers than anybody has.
    private const int Most = 32;

    private readonly Dictionary<uint, byte[]> _keys = [];
    private byte[]? _pointer;

    public bool IsEmpty => _keys.Count == 0 && _pointer is null;

    /// <summary>Notes a whole message that went to the guest.</summary>
    public void Note(ReadOnlySpan<byte> message)
    {
        switch (message[0])
        {
            case RfbClientMessage.Key:
                Note(message[1] != 0, BinaryPrimitives.ReadUInt32BigEndian(message[4..]), message);
                break;
            // QEMU's holds the key's place besides.
            case RfbClientMessage.Qemu:
                Note(BinaryPrimitives.ReadUInt16BigEndian(message[2..]) != 0, BinaryPrimitives.ReadUInt32BigEndian(message[4..]), message);
                break;
            case RfbClientMessage.Pointer:
                _pointer = message[1] == 0 ? null : message.ToArray();
                break;
        }
    }

    /// <summary>The messages that let go of everything; from then on nothing is held.</summary>
    public IReadOnlyList<byte[]> Release()
    {
        if (IsEmpty)
            return [];
        List<byte[]> messages = [.. _keys.Values];
        foreach (var key in messages)
            (key[1], key[2], key[3]) = key[0] == RfbClientMessage.Key ? ((byte)0, key[2], key[3]) : (key[1], (byte)0, (byte)0);
        if (_pointer is { } pointer)
        {
            pointer[1] = 0;
            messages.Add(pointer);
        }

        _keys.Clear();
        _pointer = null;
        return messages;
    }

    private void Note(bool isDown, uint key, ReadOnlySpan<byte> message)
    {
        if (!isDown)
            _keys.Remove(key);
        else if (_keys.Count < Most)
            _keys[key] = message.ToArray();
    }
}
