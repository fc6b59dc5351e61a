using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Transfers.Xva;

/// <summary>
/// Looks at an XVA (xapi-protocol.md §8.2) while its bytes pass, in pieces of any size, and copies nothing but heads and sums: every block of a disk must have its
/// checksum, blocks come in order, and no disk that the description names may be missing or end early. Blocks of zeros are left out but for a disk's first and last; an
/// empty block says that the host lives, and takes a number but no place. Whatever is wrong is an <see cref="XvaDamagedException"/> before the piece is handed on.
/// For one caller at a time.
/// </summary>
internal sealed class XvaCheck : IXvaReader, IDisposable
{
    private const int BlockSize = 1 << 20;
    private const string DescriptionName = "ova.xml";

    /// <summary>A VM with hundreds of disks and all it is called by needs less.</summary>
    private const int LongestDescription = 4 << 20;

    private const int LongestSum = 64;

    private readonly byte[] _head = new byte[TarHead.Length];
    private readonly IncrementalHash _sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private XxHash64 _xxHash;
    private byte[] _content = [];
    private Step _step = Step.Head;
    private TarHead _file;
    private int _headLength;
    private long _at;
    private int _padding;
    private bool _isSha1;
    private bool _hasSum;
    private bool _isDescribed;
    private XvaDisk? _disk;
    private long _next;
    private long _empty;
    private TarHead? _block;

    private enum Step
    {
        Head,
        Content,
        Padding,
        End,
    }

    /// <summary>The disks that the description names, by their ids in the archive; none before it has passed.</summary>
    public Dictionary<string, XvaDisk> Disks { get; private set; } = [];

    /// <summary>How far it is, in words.</summary>
    public string Place => _disk is { } disk ? $"in the middle of the disk {NameOf(disk)}"
        : Disks.Values.FirstOrDefault() is { } first ? $"before the disk {NameOf(first)}" : "in the middle";

    private HashSet<string> Done { get; } = [];

    /// <summary>The next bytes of the archive.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && _step != Step.End)
        {
            switch (_step)
            {
                case Step.Head:
                    AddHead(ref bytes);
                    break;
                case Step.Content:
                    AddContent(ref bytes);
                    break;
                default:
                    var skipped = Math.Min(_padding, bytes.Length);
                    bytes = bytes[skipped..];
                    if ((_padding -= skipped) == 0)
                        _step = Step.Head;
                    break;
            }
        }
    }

    /// <summary>To be called when no more bytes come: the archive has to be at its end.</summary>
    public void Complete()
    {
        if (_step == Step.End)
            return;
        // Hosts write the zeros at the end; what is whole without them is taken.
        if (_step != Step.Head || _headLength > 0 || !_isDescribed)
            throw new XvaDamagedException($"it ends {Place}");
        AssertWhole();
    }

    public void Dispose() => _sha1.Dispose();

    private static string NameOf(XvaDisk disk) => disk.Name.Length > 0 ? ForeignText.Shown(disk.Name) : ForeignText.Shown(disk.Id);

    private static int SizeOf(XvaDisk disk, long block) => (int)Math.Min(BlockSize, disk.Size - (block * BlockSize));

    private static long LastOf(XvaDisk disk) => (disk.Size - 1) / BlockSize;

    private void AddHead(ref ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(TarHead.Length - _headLength, bytes.Length);
        bytes[..length].CopyTo(_head.AsSpan(_headLength));
        bytes = bytes[length..];
        if ((_headLength += length) < TarHead.Length)
            return;
        _headLength = 0;
        if (TarHead.Read(_head) is not { } file)
        {
            _step = Step.End;
            AssertWhole();
            return;
        }

        (_file, _at, _padding) = (file, 0, TarHead.PaddingOf(file.Size));
        Begin();
        _step = Step.Content;
        if (file.Size == 0)
            EndFile();
    }

    private void AddContent(ref ReadOnlySpan<byte> bytes)
    {
        var content = bytes[..(int)Math.Min(_file.Size - _at, bytes.Length)];
        bytes = bytes[content.Length..];
        if (_content.Length > 0)
        {
            content.CopyTo(_content.AsSpan((int)_at));
        }
        else
        {
            if (!_isSha1 || !_hasSum)
                _xxHash.Add(content);
            if (_isSha1 || !_hasSum)
                _sha1.AppendData(content);
        }

        _at += content.Length;
        if (_at == _file.Size)
            EndFile();
    }

    /// <summary>Which of the three kinds of files this is, and whether it may stand here.</summary>
    private void Begin()
    {
        if (!_isDescribed)
        {
            if (_file.Name != DescriptionName)
                throw new XvaDamagedException($"it does not begin with {DescriptionName}");
            _content = new byte[_file.Size is > 0 and <= LongestDescription ? _file.Size : throw new XvaDamagedException($"its description has {_file.Size} bytes")];
        }
        else if (_block is { } block)
        {
            _isSha1 = !_file.Name.EndsWith(".xxhash", StringComparison.Ordinal);
            if (_file.Name != block.Name + (_isSha1 ? ".checksum" : ".xxhash") || _file.Size is 0 or > LongestSum)
                throw new XvaDamagedException($"a block of the disk {NameOf(_disk!)} has no checksum");
            _content = new byte[_file.Size];
        }
        else
        {
            BeginBlock();
            _xxHash.Reset();
        }
    }

    private void BeginBlock()
    {
        var slash = _file.Name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !Disks.TryGetValue(_file.Name[..slash], out var disk) || !long.TryParse(_file.Name.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new XvaDamagedException($"it holds a file '{ForeignText.Shown(_file.Name)}' that belongs to no disk");
        if (disk != _disk)
        {
            EndDisk();
            if (!Done.Add(disk.Id))
                throw new XvaDamagedException($"the disk {NameOf(disk)} comes twice");
            (_disk, _next, _empty) = (disk, 0, 0);
        }

        var place = number - _empty;
        if (place < _next || place > LastOf(disk) || (_next == 0 && place > 0 && _file.Size > 0))
            throw new XvaDamagedException($"in the disk {NameOf(disk)} the block {_next} is missing, or blocks are out of order");
        if (_file.Size == 0)
            _empty++;
        else if (_file.Size != SizeOf(disk, place))
            throw new XvaDamagedException($"the block {place} of the disk {NameOf(disk)} is of a wrong length");
        else
            _next = place + 1;
    }

    private void EndFile()
    {
        if (!_isDescribed)
        {
            Disks = XvaDescription.Disks(_content);
            _isDescribed = true;
        }
        else if (_block is null)
        {
            _block = _file;
        }
        else
        {
            AssertSum();
            _block = null;
        }

        _content = [];
        _step = _padding > 0 ? Step.Padding : Step.Head;
    }

    private void AssertSum()
    {
        // Both are worked out until the first sum tells which of them this host writes.
        var sum = _isSha1 ? Convert.ToHexString(_sha1.GetHashAndReset()) : _xxHash.Sum().ToString("X16", CultureInfo.InvariantCulture);
        if (!_hasSum && !_isSha1)
            _ = _sha1.GetHashAndReset();
        _hasSum = true;
        if (!Encoding.ASCII.GetString(_content).Trim().Equals(sum, StringComparison.OrdinalIgnoreCase))
            throw new XvaDamagedException($"the block {Math.Max(_next - 1, 0)} of the disk {NameOf(_disk!)} is not what its checksum says");
    }

    private void EndDisk()
    {
        if (_disk is { } disk && _next <= LastOf(disk))
            throw new XvaDamagedException($"the disk {NameOf(disk)} ends at its block {_next} of {LastOf(disk) + 1}");
    }

    private void AssertWhole()
    {
        if (_block is not null)
            throw new XvaDamagedException($"the last block of the disk {NameOf(_disk!)} has no checksum");
        EndDisk();
        if (Disks.Values.FirstOrDefault(disk => disk.Size > 0 && !Done.Contains(disk.Id)) is { } missing)
            throw new XvaDamagedException($"the disk {NameOf(missing)} is missing");
    }
}
