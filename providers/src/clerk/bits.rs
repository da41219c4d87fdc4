//! A number of any size, written in decimal, in; its bits out, the lowest first.
//!
//! An organization may have more permissions than any machine integer has bits. Next:
//! `permissions`.

/// One limb holds this many decimal digits.
const DIGITS: usize = 18;
const BASE: u64 = 1_000_000_000_000_000_000;

/// A number that is halved again and again.
#[derive(Debug, Clone)]
pub(super) struct Bits {
    /// Limbs to the base of 10^18, the highest first, without leading zeros.
    limbs: Vec<u64>,
}

impl Bits {
    /// Reads a number: decimal digits and nothing else.
    pub(super) fn of_decimal(text: &str) -> Option<Self> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let limb = |digits: &[u8]| digits.iter().fold(0, |sum, digit| sum * 10 + value(*digit));
        let limbs = text.as_bytes().rchunks(DIGITS).rev().map(limb);
        Some(Self { limbs: limbs.skip_while(|limb| *limb == 0).collect() })
    }

    /// Takes the lowest bit off: halves the number.
    fn take(&mut self) -> bool {
        let mut rest = 0;
        for limb in &mut self.limbs {
            // Below 2 * 10^18, which 64 bits hold.
            let sum = rest * BASE + *limb;
            (*limb, rest) = (sum / 2, sum % 2);
        }
        if self.limbs.first() == Some(&0) {
            self.limbs.remove(0);
        }
        rest == 1
    }
}

fn value(digit: u8) -> u64 {
    u64::from(digit - b'0')
}

/// Ends with the highest bit that is set.
impl Iterator for Bits {
    type Item = bool;

    fn next(&mut self) -> Option<bool> {
        (!self.limbs.is_empty()).then(|| self.take())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The decimal digits of the number with these bits, by doubling.
    fn decimal(bits: &[bool]) -> String {
        let mut digits = vec![0_u8];
        for bit in bits.iter().rev() {
            let mut carry = u8::from(*bit);
            for digit in &mut digits {
                let sum = *digit * 2 + carry;
                (*digit, carry) = (sum % 10, sum / 10);
            }
            if carry > 0 {
                digits.push(carry);
            }
        }
        digits.iter().rev().map(|digit| char::from(b'0' + digit)).collect()
    }

    fn without_end(bits: &[bool]) -> &[bool] {
        let end = bits.iter().rposition(|bit| *bit).map_or(0, |last| last + 1);
        &bits[..end]
    }

    #[test]
    fn zero_has_no_bits_and_what_is_no_number_is_none() {
        assert_eq!(Bits::of_decimal("000").unwrap().count(), 0);
        for text in ["", "-1", "+1", "1.0", "0x1", " 1", "1e3", "\u{0663}"] {
            assert!(Bits::of_decimal(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn the_edges_of_a_limb_are_exact() {
        for number in [u64::MAX.into(), u128::from(BASE), u128::from(BASE) - 1, u128::MAX] {
            let bits: Vec<_> = Bits::of_decimal(&number.to_string()).unwrap().collect();
            let sum = bits.iter().rev().fold(0, |sum: u128, bit| sum * 2 + u128::from(*bit));
            assert_eq!(sum, number);
        }
    }

    proptest! {
        #[test]
        fn numbers_of_128_bits_have_their_bits(number: u128, zeros in 0_usize..40) {
            let text = format!("{}{number}", "0".repeat(zeros));
            let bits: Vec<_> = Bits::of_decimal(&text).unwrap().collect();
            let expected: Vec<_> = (0..128).map(|place| number >> place & 1 == 1).collect();
            prop_assert_eq!(&bits[..], without_end(&expected));
        }

        #[test]
        fn bits_of_any_number_come_back(bits in prop::collection::vec(any::<bool>(), 0..700)) {
            let read: Vec<_> = Bits::of_decimal(&decimal(&bits)).unwrap().collect();
            prop_assert_eq!(&read[..], without_end(&bits));
        }

        #[test]
        fn any_text_is_a_number_exactly_if_it_is_digits(text in "\\PC{0,30}") {
            let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            prop_assert_eq!(Bits::of_decimal(&text).is_some(), is_number);
        }
    }
}
