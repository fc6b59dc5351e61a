using System.Text;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Calls;

/// <summary>
/// The search language of <c>get_all_records_where</c>: <c>true</c>, <c>false</c>, <c>not</c>, <c>and</c>, <c>or</c>, brackets, and
/// <c>field "name__label" = "value"</c> with the database's field names, comparing stored text.
/// </summary>
internal abstract record WhereExpression
{
    private const int DeepestNesting = 100;

    public abstract bool Matches(RowState row);

    public static WhereExpression Parse(string text)
    {
        var parser = new Parser(text);
        var expression = parser.ReadOr(0);
        return parser.IsAtEnd ? expression : throw Malformed(text);
    }

    private static XapiException Malformed(string text) => XapiException.Internal($"Db_filter.Expression_error(\"{text}\", Parsing.Parse_error)");

    private sealed record Constant(bool Value) : WhereExpression
    {
        public override bool Matches(RowState row) => Value;
    }

    private sealed record Not(WhereExpression Inner) : WhereExpression
    {
        public override bool Matches(RowState row) => !Inner.Matches(row);
    }

    private sealed record And(WhereExpression Left, WhereExpression Right) : WhereExpression
    {
        public override bool Matches(RowState row) => Left.Matches(row) && Right.Matches(row);
    }

    private sealed record Or(WhereExpression Left, WhereExpression Right) : WhereExpression
    {
        public override bool Matches(RowState row) => Left.Matches(row) || Right.Matches(row);
    }

    private sealed record Same(Operand Left, Operand Right) : WhereExpression
    {
        public override bool Matches(RowState row) => Left.Read(row) == Right.Read(row);
    }

    private sealed record Operand(bool IsField, string Text)
    {
        public string Read(RowState row)
        {
            if (!IsField)
                return Text;
            var field = row.Schema.FindByDbName(Text) ?? throw XapiException.Internal($"Db_exn.DBCache_NotFound(\"missing column\", \"{row.Schema.Name}\", \"{Text}\")");
            return Loading.ValueText.Format(row.Values[field.Index]);
        }
    }

    private sealed class Parser(string text)
    {
        private int _position;

        public bool IsAtEnd
        {
            get
            {
                SkipBlanks();
                return _position == text.Length;
            }
        }

        public WhereExpression ReadOr(int depth)
        {
            if (depth > DeepestNesting)
                throw Malformed(text);
            var left = ReadAnd(depth);
            while (TakeWord("or"))
                left = new Or(left, ReadAnd(depth));
            return left;
        }

        private WhereExpression ReadAnd(int depth)
        {
            var left = ReadNot(depth);
            while (TakeWord("and"))
                left = new And(left, ReadNot(depth));
            return left;
        }

        private WhereExpression ReadNot(int depth)
        {
            if (depth > DeepestNesting)
                throw Malformed(text);
            if (TakeWord("not"))
                return new Not(ReadNot(depth + 1));
            if (TakeWord("true"))
                return new Constant(true);
            if (TakeWord("false"))
                return new Constant(false);
            if (Take('('))
            {
                var inner = ReadOr(depth + 1);
                return Take(')') ? inner : throw Malformed(text);
            }

            var left = ReadOperand();
            return Take('=') ? new Same(left, ReadOperand()) : throw Malformed(text);
        }

        private Operand ReadOperand() => new(TakeWord("field"), ReadQuoted());

        private string ReadQuoted()
        {
            SkipBlanks();
            if (_position >= text.Length || text[_position] is not ('"' or '\''))
                throw Malformed(text);
            var quote = text[_position++];
            var plain = new StringBuilder();
            while (_position < text.Length)
            {
                var c = text[_position++];
                if (c == quote)
                    return plain.ToString();
                plain.Append(c == '\\' && _position < text.Length ? text[_position++] : c);
            }

            throw Malformed(text);
        }

        private bool TakeWord(string word)
        {
            SkipBlanks();
            if (string.CompareOrdinal(text, _position, word, 0, word.Length) != 0
                || (_position + word.Length < text.Length && char.IsLetterOrDigit(text[_position + word.Length])))
                return false;
            _position += word.Length;
            return true;
        }

        private bool Take(char c)
        {
            SkipBlanks();
            if (_position >= text.Length || text[_position] != c)
                return false;
            _position++;
            return true;
        }

        private void SkipBlanks()
        {
            while (_position < text.Length && char.IsWhiteSpace(text[_position]))
                _position++;
        }
    }
}
