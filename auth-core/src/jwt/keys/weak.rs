//! A key's numbers in, whether they are safe out. Used by `public_key`.

/// 2048 bits are the least that is safe, 8192 the most that is affordable; a modulus is a product
/// of two odd primes.
pub(super) fn is_strong_rsa(n: &[u8]) -> bool {
    (2048..=8192).contains(&bits(n)) && n.last().is_some_and(|last| last % 2 == 1)
}

/// Odd, at least 3, and at most 32 bits: larger ones only serve to make checking slow.
pub(super) fn is_good_exponent(e: &[u8]) -> bool {
    e.len() <= 4 && e.last().is_some_and(|last| last % 2 == 1) && e != [1]
}

/// A big-endian number in its shortest form.
pub(super) fn without_leading_zeros(number: &[u8]) -> &[u8] {
    let start = number.iter().position(|byte| *byte != 0).unwrap_or(number.len());
    &number[start..]
}

/// Whether an Ed25519 point is one of the eight of small order, in any spelling: under such a key
/// one signature fits every message (RFC 8032, section 8).
pub(super) fn has_small_order(point: &[u8; 32]) -> bool {
    const ORDER_8: [[u8; 32]; 2] = [
        [
            0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef,
            0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88,
            0x6d, 0x53, 0xfc, 0x05,
        ],
        [
            0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10,
            0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77,
            0x92, 0xac, 0x03, 0x7a,
        ],
    ];
    // Small values and those around the prime 2^255 - 19: y is 0, 1, -1, or the same unreduced.
    let (first, last) = (point[0], point[31] & 0x7f);
    let is_0_or_1 = first <= 1 && last == 0 && point[1..31].iter().all(|byte| *byte == 0);
    let is_near_the_prime =
        (0xec..=0xee).contains(&first) && last == 0x7f && point[1..31].iter().all(|b| *b == 0xff);
    let is_order_8 = ORDER_8.iter().any(|known| known[..31] == point[..31] && known[31] == last);
    is_0_or_1 || is_near_the_prime || is_order_8
}

fn bits(number: &[u8]) -> usize {
    number.first().map_or(0, |first| number.len() * 8 - first.leading_zeros() as usize)
}

#[cfg(test)]
mod tests {
    use super::has_small_order;

    /// A little-endian number whose bytes in the middle are all alike.
    const fn point(first: u8, middle: u8, last: u8) -> [u8; 32] {
        let mut point = [middle; 32];
        point[0] = first;
        point[31] = last;
        point
    }

    #[test]
    fn small_values_and_those_around_the_prime_have_small_order_under_either_sign() {
        for sign in [0, 0x80] {
            for first in [0, 1] {
                assert!(has_small_order(&point(first, 0, sign)), "{first} {sign}");
            }
            for first in [0xec, 0xed, 0xee] {
                assert!(has_small_order(&point(first, 0xff, 0x7f | sign)), "{first} {sign}");
            }
        }
    }

    #[test]
    fn a_point_that_shares_bytes_with_one_of_small_order_is_another() {
        for other in [
            point(2, 0, 0),
            point(1, 0, 1),
            point(1, 7, 0),
            point(0xeb, 0xff, 0x7f),
            point(0xef, 0xff, 0x7f),
            point(0xed, 0xff, 0x7e),
            point(0xed, 0xfe, 0x7f),
        ] {
            assert!(!has_small_order(&other), "{other:02x?}");
        }
    }
}
